import ByteIO
import StructuredText

enum FileBytes {
  static func of(_ path: String) throws -> [UInt8] { try FileSystem.contents(of: path) }
}

/// Damage to JSON.
enum Mutation {
  /// One value, anywhere, replaced by one of another kind.
  static func of(_ value: JSONValue, _ random: inout some RandomNumberGenerator) -> JSONValue {
    let others: [JSONValue] = [
      nil, true, -1, 1e300, .unsigned(.max), .integer(Int64.max), "<script>", [], [1], .object([JSONMember]()), 0.5,
    ]
    let replace = Int.random(in: 0..<4, using: &random) == 0
    switch value {
    case .array(var elements) where !elements.isEmpty && !replace:
      let index = Int.random(in: 0..<elements.count, using: &random)
      elements[index] = of(elements[index], &random)
      return .array(elements)
    case .object(var members) where !members.isEmpty && !replace:
      let index = Int.random(in: 0..<members.count, using: &random)
      members[index] = JSONMember(members[index].key, of(members[index].value, &random))
      return .object(members)
    default: return others.randomElement(using: &random) ?? nil
    }
  }

  /// Every string, and every key that names something, with `suffix` behind it.
  static func appending(_ suffix: String, to value: JSONValue, keys: Bool = false) -> JSONValue {
    switch value {
    case .string(let text): .string(text + suffix)
    case .array(let elements): .array(elements.map { appending(suffix, to: $0) })
    case .object(let members):
      .object(
        members.map { member in
          // Below these, keys are names of tasks and files.
          let isNames = ["results", "versions", "table_results", "config_files", "n-shot", "n-samples"].contains(
            member.key)
          let key = keys ? member.key + suffix : member.key
          return JSONMember(key, appending(suffix, to: member.value, keys: isNames))
        })
    default: value
    }
  }
}

enum FileBytesWriter {
  static func write(_ text: String, to path: String) throws { try AtomicFile.replace(path, with: Array(text.utf8)) }
  static func remove(_ path: String) throws { try FileSystem.remove(path) }
}
