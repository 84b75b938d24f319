import ByteIO
import StructuredText

/// The parts of a pack's files that are left out because they are at fault.
struct Omissions {
  /// By file: paths from the root, each a list of child numbers.
  private var paths: [String: Set<[Int]>] = [:]
  /// Mappings out of which something was left: that they lack a key now is no fault of theirs.
  private var opened: Set<SourcePlace> = []

  /// Values for keys without which no pack can be read.
  private static let placeholders = ["schema": "1", "pack": "unnamed", "version": "0.0.0"]

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
    guard let paths = paths[tree.place.file] else { return tree }
    return tree.removing(paths, placeholders: Self.placeholders)
  }

  /// Leaves out the innermost entry or item at a place; what holds it, if that is gone already. False if nothing is left
  /// to leave out.
  mutating func leaveOut(what place: SourcePlace) -> Bool {
    guard let tree = Self.tree(of: place.file) else { return false }
    let gone = paths[place.file] ?? []
    guard let path = tree.paths(to: place).last(where: { !gone.contains($0) }) else { return false }
    paths[place.file, default: []].insert(path)
    if tree.key(of: path) != "tests" { touchesRules = true }
    if let parent = tree.descendant(path.dropLast()) { opened.insert(parent.place) }
    return true
  }
}

extension YAMLNode {
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
