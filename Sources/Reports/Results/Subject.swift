/// Which model was scored, in which arm, and where in its training.
public struct Subject: Sendable, Equatable {
  /// The model without its arm: `Pythia v1 1.4B deduped`.
  public var model: ModelName
  public var arm: Arm
  public var checkpoint: Checkpoint
  /// The arm to compare with.
  public var control: Arm = .control
  /// The run's name in its manifest; nil where the result names none.
  public var run: String?
  /// Of its training, where an arm was trained several times; nil where the result does not say.
  public var seed: Int?

  public init(model: ModelName, arm: Arm, checkpoint: Checkpoint) {
    self.model = model
    self.arm = arm
    self.checkpoint = checkpoint
  }

  /// For people: `Pythia v1 70M, 7 %, seed 1, step 143000`.
  var name: String {
    ([model.name, arm.name] + (seed.map { ["seed \($0)"] } ?? []) + [checkpoint.name]).joined(separator: ", ")
  }
}

/// A model's name, without step and arm.
public struct ModelName: Sendable, Hashable, Comparable {
  /// What the model is one of, `Pythia`; for others the whole name.
  public var family: String
  /// `v0` or `v1`; empty for others.
  public var release: String
  /// As it is called now: `1.4B`; empty where the name says none.
  public var size: String
  /// Trained on the deduplicated Pile.
  public var isDeduplicated: Bool

  public init(family: String, release: String = "", size: String = "", isDeduplicated: Bool = false) {
    self.family = family
    self.release = release
    self.size = size
    self.isDeduplicated = isDeduplicated
  }

  public var name: String {
    ([family, release, size, isDeduplicated ? "deduped" : ""]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// `70M` or `1.4B` as a number of parameters; 0 where there is none.
  var parameters: Double {
    guard let unit = size.last, let number = Double(size.dropLast()) else { return 0 }
    return number * (unit == "B" ? 1e9 : 1e6)
  }

  public static func < (one: ModelName, other: ModelName) -> Bool {
    if one.family != other.family { return one.family < other.family }
    if one.release != other.release { return one.release < other.release }
    return (one.parameters, one.name) < (other.parameters, other.name)
  }
}

/// What was done to the training data.
public enum Arm: Sendable, Hashable, Comparable {
  case control
  /// By name: `7 %`, `21 %`, or whatever the result calls it.
  case intervention(String)
  /// The result does not say, so it is compared with nothing.
  case unknown

  public var name: String {
    switch self {
    case .control: "control"
    case .intervention(let name): name
    case .unknown: "not stated"
    }
  }

  private var rank: (Int, Double, String) {
    switch self {
    case .control: (0, 0, "")
    case .intervention(let name): (1, Double(name.prefix { $0.isNumber || $0 == "." }) ?? 0, name)
    case .unknown: (2, 0, "")
    }
  }

  public static func < (one: Arm, other: Arm) -> Bool { one.rank < other.rank }
}
