import ByteIO
import Pipeline
import StructuredText

/// Says that a task is done: of which plan, what it made, and how long it took.
public struct TaskRecord: Equatable, Sendable {
  static let version = 1

  /// SHA-256 of the plan's file: the record of another plan is none.
  public let plan: String
  public let task: Int
  public let units: Range<Int>
  public let outputs: [TaskOutput]
  public let seconds: Double
  public let host: String

  package func write(to path: String) throws {
    let outputs = outputs.map { output in
      let range = output.range.map {
        [JSONMember("first", .integer(Int64($0.lowerBound))), JSONMember("end", .integer(Int64($0.upperBound)))]
      }
      return JSONValue.object(
        [JSONMember("path", .string(output.path))] + (range ?? []) + [JSONMember("sha256", .string(output.sha256))])
    }
    let json: JSONValue = [
      "record": .integer(Int64(Self.version)), "plan": .string(plan), "task": .integer(Int64(task)),
      "first": .integer(Int64(units.lowerBound)), "end": .integer(Int64(units.upperBound)),
      "outputs": .array(outputs), "seconds": .double(seconds), "host": .string(host),
    ]
    try SealedRecord.write(json, to: path, .pretty, writer: ThisProcess.writer)
  }

  /// The record at a path; nil if there is none, or none that can be read.
  package static func read(_ path: String) -> TaskRecord? {
    guard let node = try? SealedRecord.read(path, limit: 1 << 26) else { return nil }
    return try? TaskRecord(node)
  }

  private init(_ node: JSONNode) throws {
    guard try node.member("record").int() == Self.version else { throw node.failure("another version") }
    plan = try node.member("plan").string()
    task = try node.member("task").int(in: 0...Int.max)
    units = try Self.range(node)
    outputs = try node.member("outputs").elements().map { output in
      TaskOutput(
        path: try output.member("path").path(),
        range: try output.optionalMember("first") == nil ? nil : try Self.range(output),
        sha256: try output.member("sha256").string())
    }
    seconds = try node.member("seconds").number(in: 0...1e9)
    host = try node.member("host").string()
  }

  private static func range(_ node: JSONNode) throws -> Range<Int> {
    let first = try node.member("first").int(in: 0...Int.max)
    return first..<(try node.member("end").int(in: first...Int.max))
  }

  init(plan: String, task: Int, units: Range<Int>, outputs: [TaskOutput], seconds: Double, host: String) {
    (self.plan, self.task, self.units) = (plan, task, units)
    (self.outputs, self.seconds, self.host) = (outputs, seconds, host)
  }
}
