import Intervention
import StructuredText

/// A pipeline file, read and checked for what can be checked without the data: every stage known, every key known, every
/// value of the right kind, and each stage fed with what the one before it gives.
public struct PipelineFile: Sendable {
  public let name: String
  public let description: String
  public let read: ReadStage
  public let order: OrderStage
  public let window: WindowStage
  public let filter: FilterStage?
  public let swaps: [Swap]
  public let retokenize: RetokenizeStage?
  public let emit: EmitStage
  /// The file as it was after `--set`, for the manifest.
  public let tree: YAMLNode

  /// One `swap` and the `select` that holds for it.
  public struct Swap: Sendable {
    public let stage: SwapRulesStage
    public let select: SelectStage?
  }

  /// Loads a file and applies `--set stage.key=value` settings to it.
  public static func load(_ path: String, bytes: [UInt8], settings: [String] = []) throws -> PipelineFile {
    var tree = try YAMLNode.parse(bytes, file: path)
    for setting in settings { tree = try Setting(setting).applied(to: tree) }
    return try PipelineFile(tree)
  }

  public init(_ tree: YAMLNode) throws {
    let fields = try tree.fields(
      "a pipeline file", allowed: ["pipeline", "name", "description", "stages"],
      required: ["pipeline", "name", "stages"])
    let version = try fields.required("pipeline")
    guard try version.integer("the version of the pipeline format, 1") == 1 else {
      throw version.mismatch("1, the pipeline format that this version reads")
    }
    name = try Self.checkedName(fields.required("name"))
    description = try fields["description"]?.string("a sentence") ?? ""
    self.tree = tree
    let stages = try StageSequence(fields.required("stages"))
    read = try stages.one("read", ReadStage.init)
    order = try stages.one("order", OrderStage.init)
    window = try stages.one("window", WindowStage.init)
    filter = try stages.optional("filter", FilterStage.init)
    retokenize = try stages.optional("retokenize", RetokenizeStage.init)
    emit = try stages.one("emit", EmitStage.init)
    swaps = try Self.swaps(stages)
    try check()
  }

  /// What two stages must agree on.
  private func check() throws {
    _ = try window.window(of: order.trainingRun())
    if let retokenize, retokenize.scope == .sample, let swap = swaps.first {
      throw YAMLFailure(
        swap.stage.place,
        "'scope: sample' encodes samples as they are and knows no edits; leave out 'swap' or the scope")
    }
    if emit.control == .randomEdits && swaps.isEmpty {
      throw YAMLFailure(
        emit.place, "'control: random-edits' makes an edit for each edit of a 'swap', but there is no such stage")
    }
  }

  /// Pairs each `swap` with the last `select` before it.
  private static func swaps(_ stages: StageSequence) throws -> [Swap] {
    var select: SelectStage?
    var swaps: [Swap] = []
    for stage in stages.stages {
      if stage.key == "select" { select = try SelectStage(stage.value) }
      if stage.key == "swap" { swaps.append(Swap(stage: try SwapRulesStage(stage.value), select: select)) }
    }
    return swaps
  }

  /// A name becomes part of file names: letters, digits, dot, dash and underscore.
  private static func checkedName(_ node: YAMLNode) throws -> String {
    let name = try node.string("a name")
    let isSafe = name.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || [0x2E, 0x2D, 0x5F].contains($0)
    }
    guard isSafe && !name.isEmpty && !name.hasPrefix(".") else {
      throw YAMLFailure(node.place, "found '\(name)', expected a name of letters, digits, '.', '-' and '_'")
    }
    return name
  }
}

/// The stages of a file in order, each known, and each fed with what the one before it gives.
struct StageSequence {
  let place: SourcePlace
  let stages: [YAMLNode.Entry]

  /// What flows between stages.
  private enum Flow: String {
    case nothing = "nothing yet"
    case base = "a base"
    case run = "a training order"
    case samples = "the samples of a window"
    case edited = "edited text"
    case tokens = "tokens"
    case files = "files"
  }

  private struct Kind: Sendable {
    let name: String
    let takes: [Flow]
    let gives: @Sendable (Flow) -> Flow
  }

  private static let kinds = [
    Kind(name: "read", takes: [.nothing]) { _ in .base },
    Kind(name: "order", takes: [.base]) { _ in .run },
    Kind(name: "window", takes: [.run]) { _ in .samples },
    Kind(name: "filter", takes: [.samples]) { $0 },
    Kind(name: "select", takes: [.samples, .edited]) { $0 },
    Kind(name: "swap", takes: [.samples, .edited]) { _ in .edited },
    Kind(name: "retokenize", takes: [.samples, .edited]) { _ in .tokens },
    Kind(name: "emit", takes: [.samples, .tokens]) { _ in .files },
  ]

  init(_ node: YAMLNode) throws {
    place = node.place
    stages = try node.list("a list of stages").map(Self.stage)
    var flow = Flow.nothing
    for stage in stages {
      let kind = Self.kinds.first { $0.name == stage.key }!
      guard kind.takes.contains(flow) else { throw Self.misplaced(stage, kind, flow) }
      flow = kind.gives(flow)
    }
    guard flow == .files else {
      throw YAMLFailure(place, "the last stage gives \(flow.rawValue); expected \(Self.takers(of: flow)) to follow")
    }
    for name in ["filter"] where stages.count(where: { $0.key == name }) > 1 {
      throw YAMLFailure(stages.last { $0.key == name }!.keyPlace, "'\(name)' can stand only once; give it a list")
    }
  }

  private static func stage(_ node: YAMLNode) throws -> YAMLNode.Entry {
    let fields = try node.fields("a stage", allowed: kinds.map(\.name))
    guard fields.entries.count == 1 else {
      throw YAMLFailure(node.place, "found \(fields.entries.count) stages in one list item, expected one")
    }
    return fields.entries[0]
  }

  private static func misplaced(_ stage: YAMLNode.Entry, _ kind: Kind, _ flow: Flow) -> YAMLFailure {
    let takes = kind.takes.map(\.rawValue).joined(separator: " or ")
    return YAMLFailure(
      stage.keyPlace,
      "'\(stage.key)' takes \(takes), but what comes before it gives \(flow.rawValue); expected \(takers(of: flow)) here"
    )
  }

  private static func takers(of flow: Flow) -> String {
    let names = kinds.filter { $0.takes.contains(flow) }.map { "'\($0.name)'" }
    return names.isEmpty ? "no further stage" : names.joined(separator: " or ")
  }

  func one<Stage>(_ name: String, _ parse: (YAMLNode) throws -> Stage) throws -> Stage {
    try parse(stages.first { $0.key == name }!.value)
  }

  func optional<Stage>(_ name: String, _ parse: (YAMLNode) throws -> Stage) throws -> Stage? {
    try stages.first { $0.key == name }.map { try parse($0.value) }
  }
}
