import ByteIO
import Pipeline
import StructuredText

/// A piece of work, frozen: everything that decides its result, and how it is divided into tasks.
///
/// Written once as `OUTPUT.plan/plan.json`; the SHA-256 of that file names the run. `docs/formats.md` describes it.
public struct RunPlan: Sendable {
  static let version = 1

  /// Of the run, for people and the cluster.
  public let name: String
  /// The output's name beside the plan's folder: a plan cannot lead out of the folder that it lies in.
  public let output: String
  /// What made the plan; another version might make other bytes.
  let maker: Maker
  /// Ranges of units, none empty, in order and all of them.
  public let tasks: [Range<Int>]
  public let work: any PlannedWork

  /// Versions that the bytes of results can depend on.
  struct Maker: Equatable, Sendable {
    let tool: String
    let build: String
    let icu: String
    let zstd: String

    static let this = Maker(
      tool: toolVersion, build: BuildVersions.build, icu: BuildVersions.icu, zstd: BuildVersions.zstd)
  }

  public init(name: String, output: String, tasks: [Range<Int>], work: any PlannedWork) {
    (self.name, self.output, self.tasks, self.work, maker) = (name, output, tasks, work, .this)
  }

  /// Throws where another version of the program, or of a library, would do the tasks.
  func requireMaker(_ place: String) throws {
    guard maker != .this else { return }
    throw PlanFailure(
      place,
      "it was made by tiresias \(maker.tool) (\(maker.build), ICU \(maker.icu), zstd \(maker.zstd)); this is"
        + " \(Maker.this.tool) (\(Maker.this.build), ICU \(Maker.this.icu), zstd \(Maker.this.zstd)). Use the same program"
        + " everywhere, or make the plan anew.")
  }

  /// The task that has a unit.
  public func task(ofUnit unit: Int) -> Int? { tasks.firstIndex { $0.contains(unit) } }
}

// MARK: - As a file

extension RunPlan {
  public func serialized() throws -> [UInt8] { try json.serialized(.pretty) }

  private var json: JSONValue {
    let outputs = work.outputs.map { ["path": .string($0.path), "bytes": .integer(Int64($0.bytes))] as JSONValue }
    let tasks = tasks.map {
      ["first": .integer(Int64($0.lowerBound)), "end": .integer(Int64($0.upperBound))] as JSONValue
    }
    return [
      "plan": .integer(Int64(Self.version)), "kind": .string(type(of: work).kind.rawValue), "name": .string(name),
      "output": .string(output), "outputs": .array(outputs),
      "tool": [
        "version": .string(maker.tool), "build": .string(maker.build), "icu": .string(maker.icu),
        "zstd": .string(maker.zstd),
      ],
      "unit": .string(work.unit), "tasks": .array(tasks), "work": work.json,
    ]
  }

  /// Reads a plan. Plans come from strangers, too: nothing in one is used before it is checked.
  public static func parse(_ bytes: [UInt8], name: String) throws -> RunPlan {
    try RunPlan(JSONNode.parse(bytes, name: name))
  }

  private init(_ node: JSONNode) throws {
    guard try node.member("plan").int() == Self.version else {
      throw try node.member("plan").failure("this is not version \(Self.version) of the format; make the plan anew")
    }
    try node.requireKeys(["plan", "kind", "name", "output", "outputs", "tool", "unit", "tasks", "work"])
    name = try Self.plainName(node.member("name"))
    output = try Self.plainName(node.member("output"))
    let tool = try node.member("tool")
    maker = Maker(
      tool: try tool.member("version").string(), build: try tool.member("build").string(),
      icu: try tool.member("icu").string(), zstd: try tool.member("zstd").string())
    let kind = try node.member("kind")
    switch PlanKind(rawValue: try kind.string()) {
    case .window: work = try PlannedWindow(node.member("work"))
    case .tokenize: work = try PlannedTokenizing(node.member("work"))
    case .evaluate: work = try PlannedEvaluation(node.member("work"))
    case nil: throw kind.failure("unknown kind; expected one of \(PlanKind.allCases.map(\.rawValue))")
    }
    tasks = try Self.tasks(node.member("tasks"), count: work.count)
  }

  /// Ranges that follow each other from 0 to the end.
  private static func tasks(_ node: JSONNode, count: Int) throws -> [Range<Int>] {
    var tasks: [Range<Int>] = []
    for task in try node.elements() {
      let first = try task.member("first").int(in: 0...Int.max - 1)
      let end = try task.member("end").int(in: first + 1...Int.max)
      guard first == tasks.last?.upperBound ?? 0 else {
        throw task.failure("it does not begin where the one before ends")
      }
      tasks.append(first..<end)
    }
    guard tasks.last?.upperBound == count else { throw node.failure("they are not all of the \(count) units") }
    return tasks
  }

  /// A name without folders, which shells and Slurm take as it is.
  static func plainName(_ node: JSONNode) throws -> String {
    let name = try node.string()
    guard isPlainName(name) else { throw node.failure("'\(name)' is no plain name of a file") }
    return name
  }

  static func isPlainName(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || "._-+@=,".utf8.contains($0)
    }
    return isPlain && !name.isEmpty && !name.hasPrefix(".") && !name.hasPrefix("-") && name.utf8.count < 200
  }
}
