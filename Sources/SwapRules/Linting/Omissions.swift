import ByteIO
import StructuredText

/// The parts of a pack's files that are left out because they are at fault.
struct Omissions {
  /// By file: paths from the root, each a list of child numbers.
  private var paths: [String: Set<[Int]>] = [:]
  /// Paths, by file, of what says when a branch holds. ``anyCondition`` stands there: without a condition the branch would
  /// seem to hide all that follow it.
  private var conditions: [String: Set<[Int]>] = [:]
  /// Mappings out of which something was left: that they lack a key now is no fault of theirs.
  private var opened: Set<SourcePlace> = []

  /// Values for keys without which no pack can be read.
  private static let placeholders = ["schema": "1", "pack": "unnamed", "version": "0.0.0"]
  private static let anyCondition = ["match": "lower"]

  /// Something other than tests was left out.
  private var touchesRules = false

  /// True if a failure here is, or may be, what an omission led to: a mapping lacks what was left out of it, or a test names
  /// a rule that was. (What is wrong with a test's form is found when files are read, before anything is compiled.)
  func explains(failureAt place: SourcePlace, isParsed: Bool) -> Bool {
    if opened.contains(place) { return true }
    guard isParsed, touchesRules, let tree = Self.tree(of: place.file) else { return false }
    return tree.paths(to: place).contains { tree.key(of: $0) == "tests" }
  }

  private static func tree(of file: String) -> YAMLNode? {
    guard let bytes = try? FileSystem.contents(of: file, limit: YAMLNode.maximumBytes) else { return nil }
    return try? YAMLNode.parse(bytes, file: file)
  }

  /// The tree of a file without what was left out.
  func applied(to tree: YAMLNode) -> YAMLNode {
    let (paths, conditions) = (paths[tree.place.file] ?? [], conditions[tree.place.file] ?? [])
    let standing = conditions.reduce(tree) { $0.settingEntry($1[...], to: "when", Self.anyCondition) }
    // What was left out of a condition before is gone with it.
    let others = paths.filter { path in !conditions.contains { path.starts(with: $0) } }
    return standing.removing(others, placeholders: Self.placeholders)
  }

  /// Leaves out the innermost entry or item at a place; what holds it, if that is gone already. False if nothing is left
  /// to leave out.
  mutating func leaveOut(what place: SourcePlace) -> Bool {
    guard let tree = Self.tree(of: place.file) else { return false }
    let gone = (paths[place.file] ?? []).union(conditions[place.file] ?? [])
    guard let path = tree.paths(to: place).last(where: { !gone.contains($0) }) else { return false }
    leaveOut(path, of: tree)
    if tree.key(of: path) != "tests" { touchesRules = true }
    if let parent = tree.descendant(path.dropLast()) { opened.insert(parent.place) }
    return true
  }

  private mutating func leaveOut(_ path: [Int], of tree: YAMLNode) {
    let (file, branch) = (tree.place.file, Array(path.dropLast()))
    let keys = tree.descendant(branch[...])?.keysOfBranch ?? []
    guard let last = path.last, keys.indices.contains(last), ["when", "table", "threshold"].contains(keys[last]) else {
      paths[file, default: []].insert(path)
      return
    }
    // A table goes with all that is said of it.
    let said =
      keys[last] == "when" ? [] : keys.indices.filter { ["table", "threshold", "uncertain"].contains(keys[$0]) }
    let condition = keys.firstIndex(of: "when") ?? last
    if condition == last { conditions[file, default: []].insert(path) }
    for index in said where index != condition { paths[file, default: []].insert(branch + [index]) }
  }
}

extension YAMLNode {
  /// The keys of a branch; none of anything else.
  fileprivate var keysOfBranch: [String] {
    guard case .mapping(let entries) = content else { return [] }
    let keys = entries.map(\.key)
    return keys.contains("id") && !keys.contains("from") ? keys : []
  }

  /// This tree with another entry at a path: a mapping of texts under another key.
  fileprivate func settingEntry(_ path: ArraySlice<Int>, to key: String, _ texts: [String: String]) -> YAMLNode {
    guard let first = path.first else { return self }
    switch content {
    case .scalar: return self
    case .list(var items):
      items[first] = items[first].settingEntry(path.dropFirst(), to: key, texts)
      return YAMLNode(place: place, content: .list(items))
    case .mapping(var entries):
      let entry = entries[first]
      entries[first] =
        path.count > 1
        ? Entry(
          key: entry.key, keyPlace: entry.keyPlace, value: entry.value.settingEntry(path.dropFirst(), to: key, texts))
        : Entry(key: key, keyPlace: entry.keyPlace, value: YAMLNode(texts, at: entry.value.place))
      return YAMLNode(place: place, content: .mapping(entries))
    }
  }

  private init(_ texts: [String: String], at place: SourcePlace) {
    let entries = texts.map { key, text in
      Entry(key: key, keyPlace: place, value: YAMLNode(place: place, content: .scalar(text, isQuoted: true)))
    }
    self.init(place: place, content: .mapping(entries))
  }

  private var children: [YAMLNode] {
    switch content {
    case .scalar: []
    case .list(let items): items
    case .mapping(let entries): entries.map(\.value)
    }
  }

  /// The root's key under which a path leads.
  fileprivate func key(of path: [Int]) -> String? {
    guard case .mapping(let entries) = content, let first = path.first else { return nil }
    return entries[first].key
  }

  fileprivate func descendant(_ path: ArraySlice<Int>) -> YAMLNode? {
    guard let first = path.first else { return self }
    return children.indices.contains(first) ? children[first].descendant(path.dropFirst()) : nil
  }

  /// Where something begins at a place, outermost first: an item, an entry's key or its value.
  fileprivate func paths(to place: SourcePlace) -> [[Int]] {
    let keys: [SourcePlace?] =
      if case .mapping(let entries) = content { entries.map(\.keyPlace) } else { children.map { _ in nil } }
    return children.enumerated().flatMap { index, child in
      let own: [[Int]] = child.place == place || keys[index] == place ? [[index]] : []
      return own + child.paths(to: place).map { [index] + $0 }
    }
  }
}
