/// Where something stands in a file: line and column count from 1, the column in Unicode scalars.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
  public let file: String
  public let line: Int
  public let column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }
}

/// What is wrong with a YAML file, and where: `FILE:LINE:COLUMN: found, expected`.
public struct YAMLFailure: Error, Equatable, Sendable, CustomStringConvertible {
  public let place: SourcePlace
  public let message: String

  public init(_ place: SourcePlace, _ message: String) {
    self.place = place
    self.message = message
  }

  public var description: String { "\(place): \(message)" }
}

/// A node of a YAML document that knows its place.
///
/// Scalars are strings, whatever they look like: `no`, `on`, `null` and `1.0` in a word list are words. The typed
/// readers (`string`, `integer`, `decimal`, `boolean`, `list`, `fields`) convert where a format asks for it.
public struct YAMLNode: Sendable {
  public enum Content: Sendable {
    /// `isQuoted` tells `""` from a value left out.
    case scalar(String, isQuoted: Bool)
    case list([YAMLNode])
    /// In the file's order; no key stands twice.
    case mapping([Entry])
  }

  public struct Entry: Sendable {
    public let key: String
    public let keyPlace: SourcePlace
    public let value: YAMLNode

    public init(key: String, keyPlace: SourcePlace, value: YAMLNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public let place: SourcePlace
  public let content: Content

  public init(place: SourcePlace, content: Content) {
    self.place = place
    self.content = content
  }
}

extension YAMLNode {
  /// This mapping with `key` set to `value`: in its place if it is there, else at the end.
  public func setting(_ key: String, to value: YAMLNode) throws -> YAMLNode {
    var entries = try entries("a mapping")
    let entry = Entry(key: key, keyPlace: value.place, value: value)
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
    return YAMLNode(place: place, content: .mapping(entries))
  }

  /// This tree without some of its parts. A path names an entry or item by its number on each level; `placeholders`
  /// stand for the values of keys of the root that cannot be left out.
  public func removing(_ paths: Set<[Int]>, placeholders: [String: String] = [:]) -> YAMLNode {
    removing(paths, below: [], placeholders)
  }

  private func removing(_ paths: Set<[Int]>, below path: [Int], _ placeholders: [String: String]) -> YAMLNode {
    switch content {
    case .scalar: return self
    case .list(let items):
      let kept = items.enumerated().filter { !paths.contains(path + [$0.offset]) }
      return YAMLNode(
        place: place, content: .list(kept.map { $0.element.removing(paths, below: path + [$0.offset], placeholders) }))
    case .mapping(let entries):
      let kept = entries.enumerated().compactMap { index, entry -> Entry? in
        guard paths.contains(path + [index]) else {
          let value = entry.value.removing(paths, below: path + [index], placeholders)
          return Entry(key: entry.key, keyPlace: entry.keyPlace, value: value)
        }
        guard path.isEmpty, let text = placeholders[entry.key] else { return nil }
        let value = YAMLNode(place: entry.value.place, content: .scalar(text, isQuoted: true))
        return Entry(key: entry.key, keyPlace: entry.keyPlace, value: value)
      }
      return YAMLNode(place: place, content: .mapping(kept))
    }
  }
}
