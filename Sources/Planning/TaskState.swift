import ByteIO
import Pipeline
import StructuredText

/// What a task that is not done was doing when it was last heard of.
public struct TaskState: Equatable, Sendable {
  public enum Phase: String, Sendable { case running, failed }

  public var plan: String
  public var phase: Phase
  public var host: String
  public var process: Int
  /// Of the amount of work, and how much of that was there when the task began.
  public var done = 0
  public var resumedAt = 0
  public var total = 0
  /// Since the task began.
  public var seconds = 0.0
  /// Why it failed.
  public var message = ""

  /// Whether the process was on this machine and is no more.
  var isOfDeadProcess: Bool { host == ThisProcess.host && !ThisProcess.isRunning(process) }

  package func write(to path: String) throws {
    let json: JSONValue = [
      "plan": .string(plan), "state": .string(phase.rawValue), "host": .string(host),
      "process": .integer(Int64(process)), "done": .integer(Int64(done)), "resumed_at": .integer(Int64(resumedAt)),
      "total": .integer(Int64(total)), "seconds": .double(seconds), "message": .string(message),
    ]
    try AtomicFile.replace(path, with: json.serialized(.pretty), writer: ThisProcess.writer)
  }

  /// The state at a path; nil if there is none, or none that can be read.
  package static func read(_ path: String) -> TaskState? {
    guard let bytes = try? FileSystem.contents(of: path, limit: 1 << 20),
      let node = try? JSONNode.parse(bytes, name: path)
    else { return nil }
    return try? TaskState(node)
  }

  private init(_ node: JSONNode) throws {
    plan = try node.member("plan").string()
    guard let phase = Phase(rawValue: try node.member("state").string()) else { throw node.failure("unknown state") }
    self.phase = phase
    host = try node.member("host").string()
    process = try node.member("process").int()
    done = try node.member("done").int(in: 0...Int.max)
    resumedAt = try node.member("resumed_at").int(in: 0...Int.max)
    total = try node.member("total").int(in: 0...Int.max)
    seconds = try node.member("seconds").number(in: 0...1e9)
    message = try node.member("message").string()
  }

  init(plan: String, phase: Phase, host: String, process: Int) {
    (self.plan, self.phase, self.host, self.process) = (plan, phase, host, process)
  }
}
