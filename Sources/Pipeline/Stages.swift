import Intervention
import StructuredText
import TrainingOrder

/// Where the base comes from.
public struct ReadStage: Sendable {
  public enum Source: Sendable {
    /// Prefixes of Megatron `.bin`/`.idx` pairs (or sharded sets), in the order of their data set numbers.
    case idxmap([String])
    /// Raw Pile files or folders, tokenized first into an idxmap at `base`.
    case pile([String], base: String?)
    /// A set whose item q is training sample q.
    case preshuffled(String)
  }

  public let place: SourcePlace
  public let source: Source

  init(_ node: YAMLNode) throws {
    place = node.place
    let fields = try node.fields("a 'read' stage", allowed: ["idxmap", "pile", "preshuffled", "base"])
    let entry = try fields.exactlyOne(of: ["idxmap", "pile", "preshuffled"])
    if let base = fields["base"], entry.key != "pile" {
      throw YAMLFailure(base.place, "'base' says where a 'pile' is tokenized to; '\(entry.key)' has none")
    }
    source =
      switch entry.key {
      case "idxmap": .idxmap(try Self.paths(entry.value))
      case "pile": .pile(try Self.paths(entry.value), base: try fields["base"]?.string("a prefix"))
      default: .preshuffled(try entry.value.string("the prefix of a data set"))
      }
  }

  private static func paths(_ node: YAMLNode) throws -> [String] {
    let paths = try node.strings("a path or a list of paths")
    guard !paths.isEmpty && !paths.contains("") else { throw node.mismatch("a path or a list of paths") }
    return paths
  }
}

/// How the run orders its samples: a preset, or numbers, or a preset with some numbers changed.
public struct OrderStage: Sendable {
  public let place: SourcePlace
  public let preset: String?
  public let trainIterations: Int?
  public let batchSize: Int?
  public let sequenceLength: Int?
  public let seed: Int?
  public let checkpointEvery: Int?
  public let evalInterval: Int?
  public let evalIterations: Int?
  /// One for each data set of `read`; nil: all alike.
  public let weights: [Double]?
  /// `969,30,1`: the run reads a part of one data set (`data_path` + `split`).
  public let split: String?

  static let presets = ["pythia", "pythia-v0-4m"]

  init(_ node: YAMLNode) throws {
    place = node.place
    let fields = try node.fields(
      "an 'order' stage",
      allowed: [
        "run", "train_iters", "batch_size", "sequence_length", "seed", "checkpoint_every", "eval_interval",
        "eval_iters", "weights", "split",
      ])
    preset = try fields["run"]?.oneOf(Self.presets, "run")
    trainIterations = try Self.number(fields, "train_iters", 1...(1 << 40), isNeeded: preset == nil)
    batchSize = try Self.number(fields, "batch_size", 1...(1 << 30), isNeeded: preset == nil)
    sequenceLength = try Self.number(fields, "sequence_length", 1...(1 << 24), isNeeded: preset == nil)
    seed = try Self.number(fields, "seed", 0...Int(UInt32.max), isNeeded: false)
    checkpointEvery = try Self.number(fields, "checkpoint_every", 1...(1 << 40), isNeeded: false)
    evalInterval = try Self.number(fields, "eval_interval", 1...(1 << 40), isNeeded: false)
    evalIterations = try Self.number(fields, "eval_iters", 0...(1 << 40), isNeeded: false)
    weights = try fields["weights"]?.list("a list of weights").map(Self.weight)
    split = try fields["split"]?.string("shares such as 969,30,1")
  }

  private static func number(
    _ fields: YAMLFields, _ key: String, _ range: ClosedRange<Int>, isNeeded: Bool
  ) throws -> Int? {
    let node = isNeeded ? try fields.required(key) : fields[key]
    return try node?.integer("a whole number", in: range)
  }

  private static func weight(_ node: YAMLNode) throws -> Double {
    guard let weight = Double(try node.decimal("a weight above 0")), weight > 0, weight.isFinite else {
      throw node.mismatch("a weight above 0")
    }
    return weight
  }
}

/// Which steps are changed: `steps: 133000..<143000` or `last: 7%`.
public struct WindowStage: Sendable {
  public enum Extent: Sendable, Equatable {
    case steps(Range<Int>)
    /// The last share of training, as its text: `7%`, `12.5%`.
    case last(String)
  }

  public let place: SourcePlace
  public let extent: Extent
  private let extentPlace: SourcePlace

  init(_ node: YAMLNode) throws {
    place = node.place
    let entry = try node.fields("a 'window' stage", allowed: ["steps", "last"]).exactlyOne(of: ["steps", "last"])
    let text = try entry.value.string(entry.key == "steps" ? "steps such as 133000..<143000" : "a share such as 7%")
    extentPlace = entry.value.place
    extent = entry.key == "last" ? .last(text) : .steps(try Self.steps(text, entry.value))
  }

  private static func steps(_ text: String, _ node: YAMLNode) throws -> Range<Int> {
    let bounds = text.split(separator: "..<", omittingEmptySubsequences: false).map { Int($0) }
    guard bounds.count == 2, let first = bounds[0], let end = bounds[1], 0 <= first, first < end else {
      throw node.mismatch("steps such as 133000..<143000: the first, and the one behind the last")
    }
    return first..<end
  }

  /// The window in a run; a share or steps that the run does not have are refused with their place.
  func window(of run: TrainingRun) throws -> Window {
    do {
      switch extent {
      case .steps(let steps): return try Window(steps: steps, of: run)
      case .last(let share): return try Window(last: share, of: run)
      }
    } catch let failure as OrderFailure {
      throw YAMLFailure(extentPlace, failure.reason)
    }
  }
}

/// Only text of these subsets is edited; samples keep all their tokens.
public struct FilterStage: Sendable {
  public let place: SourcePlace
  public let subsets: [String]
  public let subsetPlace: SourcePlace

  init(_ node: YAMLNode) throws {
    place = node.place
    let subset = try node.fields("a 'filter' stage", allowed: ["subset"], required: ["subset"]).required("subset")
    subsets = try subset.strings("a subset's name or a list of them")
    subsetPlace = subset.place
    guard !subsets.isEmpty else { throw subset.mismatch("at least one subset's name") }
  }
}

/// Which edits of the swaps that follow are made.
public struct SelectStage: Sendable {
  public let place: SourcePlace
  public let selection: Selection

  init(_ node: YAMLNode) throws {
    place = node.place
    let fields = try node.fields("a 'select' stage", allowed: ["fraction", "by", "seed"])
    let text = try fields["fraction"]?.string("a fraction from 0 to 1") ?? "1"
    guard let fraction = Fraction(text) else {
      throw YAMLFailure(
        fields["fraction"]!.place, "found '\(text)', expected a fraction from 0 to 1 with at most 18 decimals")
    }
    let unit = try fields["by"]?.oneOf(SelectionUnit.allCases.map(\.rawValue), "unit of selection") ?? "sequence"
    let seed = try fields["seed"]?.integer("a seed") ?? 0
    selection = Selection(fraction: fraction, by: SelectionUnit(rawValue: unit)!, seed: UInt64(seed))
  }
}

/// Which rule pack says what is swapped.
public struct SwapRulesStage: Sendable {
  public let place: SourcePlace
  public let rules: String
  public let rulesPlace: SourcePlace

  init(_ node: YAMLNode) throws {
    place = node.place
    let rules = try node.fields("a 'swap' stage", allowed: ["rules"], required: ["rules"]).required("rules")
    self.rules = try rules.string("the path of a rule pack")
    rulesPlace = rules.place
  }
}

/// Where the results go.
public struct EmitStage: Sendable {
  public enum Control: String, Sendable {
    case none = "false"
    /// The same samples as they were.
    case unedited = "true"
    /// As many edits as the window has, of words that say nothing of gender.
    case randomEdits = "random-edits"
  }

  public enum Log: String, Sendable, CaseIterable {
    /// A line for every edit and every candidate left alone.
    case edits
    /// Counts in the manifest only.
    case counts
  }

  public let place: SourcePlace
  /// `{name}` stands for the pipeline's name.
  public let folder: String
  public let control: Control
  /// The table of pairs that random edits are made with.
  public let pairs: String
  public let log: Log

  init(_ node: YAMLNode) throws {
    place = node.place
    let fields = try node.fields("an 'emit' stage", allowed: ["to", "control", "pairs", "log"], required: ["to"])
    folder = try fields.required("to").string("a folder")
    control = try fields["control"].map(Self.control) ?? .unedited
    if let pairs = fields["pairs"], control != .randomEdits {
      throw YAMLFailure(pairs.place, "'pairs' is for 'control: random-edits'; no other control is edited")
    }
    pairs = try fields["pairs"]?.string("the path of a table of pairs") ?? Self.shippedPairs
    let log = try fields["log"]?.oneOf(Log.allCases.map(\.rawValue), "kind of log")
    self.log = log.flatMap { Log(rawValue: $0) } ?? .edits
  }

  static let shippedPairs = "rules/tables/neutral-pairs.tsv"

  private static func control(_ node: YAMLNode) throws -> Control {
    let what = "true, false or random-edits for 'control'"
    guard let control = Control(rawValue: try node.string(what)) else { throw node.mismatch(what) }
    return control
  }
}
