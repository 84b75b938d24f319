import ByteIO
import StructuredText

/// Small JSON files by which a run goes on: each ends in the SHA-256 of what stands before, so that one in which a bit has
/// turned is no record, whatever it says.
package enum SealedRecord {
  private static let key = "seal"

  package static func write(
    _ record: JSONValue, to path: String, _ layout: JSONValue.Layout = .oneLine, writer: String? = nil
  ) throws {
    try AtomicFile.replace(path, with: sealed(record).serialized(layout), writer: writer)
  }

  /// An object with its seal as the last member.
  package static func sealed(_ record: JSONValue) throws -> JSONValue {
    guard case .object(let members) = record else { return record }
    return .object(members + [JSONMember(key, .string(try seal(members)))])
  }

  /// What was sealed. Throws where the seal is missing or another one.
  package static func read(_ path: String, limit: Int) throws -> JSONNode {
    let node = try JSONNode.parse(FileSystem.contents(of: path, limit: limit), name: path)
    guard case .object(let members) = node.value, let last = members.last, last.key == key,
      case .string(let seal) = last.value, try seal == self.seal(members.dropLast())
    else { throw node.failure("it is not what was written") }
    return JSONNode(.object(members.dropLast()), name: path)
  }

  private static func seal(_ members: some Collection<JSONMember>) throws -> String {
    SHA256.hash(try JSONValue.object(Array(members)).serialized())
  }
}
