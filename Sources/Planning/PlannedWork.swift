import Pipeline
import StructuredText

/// What a plan divides: units 0, 1, …, any range of which a job can do alone, on any machine that shares the folders.
public protocol PlannedWork: Sendable {
  static var kind: PlanKind { get }

  /// How many units there are: samples of a window, files of a Pile, checkpoints.
  var count: Int { get }
  /// What a unit is called, in the plural.
  var unit: String { get }
  /// What ``Progress`` calls the work proper, besides what is done around it.
  var label: String { get }
  /// Files of the output that are known beforehand, with their sizes.
  var outputs: [(path: String, bytes: Int)] { get }

  /// How much work a range of units is: samples, bytes of input, checkpoints.
  func amount(_ units: Range<Int>) -> Int
  /// `units`, or another word for what ``amount(_:)`` counts.
  var amountUnit: Progress.Unit { get }

  /// Everything that the output depends on, for the plan.
  var json: JSONValue { get }

  /// Does a range of units, or finds it done. Throws where an input is not the one of the plan.
  func perform(_ units: Range<Int>, at output: PlannedOutput, _ options: TaskOptions) throws -> [TaskOutput]
  /// Whether the last step was done: the output is there, and is this work's.
  func isFinished(_ output: PlannedOutput) -> Bool
  /// Throws where something else is finished there.
  func refuseForeign(_ output: PlannedOutput) throws
  /// The units of finished tasks of which something is damaged or gone.
  func lostUnits(_ records: [TaskRecord], at output: PlannedOutput) throws -> [Range<Int>]
  /// The last step, behind all tasks. Returns a few lines for people.
  func finish(_ records: [TaskRecord], at output: PlannedOutput, _ options: TaskOptions) throws -> String
}

public enum PlanKind: String, Sendable, CaseIterable {
  case window
  case tokenize
  case evaluate
}

/// Where a plan's results go.
public struct PlannedOutput: Sendable {
  /// The output folder, or the data set's prefix.
  public let path: String
  /// The plan's own folder, for what is no result.
  public let folder: PlanFolder
}

/// How a task is run; nothing of it changes a result.
public struct TaskOptions: Sendable {
  public var workers = 1
  public var progress = Progress.Style.automatic

  public init() {}
}

/// A file that a task made, or a range of units in one.
public struct TaskOutput: Equatable, Sendable {
  /// Relative to the folder that holds the plan's.
  public var path: String
  /// Units; nil where the whole file is meant.
  public var range: Range<Int>?
  /// Of the bytes; of a log, of its lines uncompressed.
  public var sha256: String

  public init(path: String, range: Range<Int>? = nil, sha256: String) {
    (self.path, self.range, self.sha256) = (path, range, sha256)
  }
}
