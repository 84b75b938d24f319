import StructuredText

/// What is asked of a model about one item.
public enum Question: Sendable, Equatable {
  /// The log-likelihood of a continuation. Without a context the model sees `<|endoftext|>` before it.
  case logLikelihood(context: String, continuation: String)
  /// The log-likelihood of all tokens but the first.
  case tokens([Int32])
  /// The first `words` words of what greedy generation appends.
  case greedy(prompt: String, words: Int)
}

/// What the model said to a ``Question``.
public enum Answer: Sendable, Hashable {
  /// Natural logarithm, summed over `tokens` tokens; `isGreedy` if greedy generation would have given them.
  case logLikelihood(Double, tokens: Int, isGreedy: Bool)
  case text(String)

  /// NaN for a text.
  public var logLikelihood: Double { if case .logLikelihood(let value, _, _) = self { value } else { .nan } }
}

/// A named number.
public struct NamedValue: Sendable, Equatable {
  public let name: String
  public let value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// A named text.
public struct Attribute: Sendable, Equatable {
  public let name: String
  public let text: String

  public init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}

/// One unit of scores: a pair of sentences, a prompt, a passage.
public struct BenchmarkItem: Sendable, Equatable {
  /// The same for the same item of the same data, and unique in the benchmark.
  public let id: String
  /// Items of one cluster stand or fall together: a bootstrap draws clusters.
  public let cluster: String
  /// False where a flaw of the data forbids paired statistics.
  public let isPaired: Bool
  /// What the item is: its category, its text, and so on.
  public let attributes: [Attribute]
  public let questions: [Question]

  public init(
    id: String, cluster: String? = nil, isPaired: Bool = true, attributes: [Attribute], questions: [Question]
  ) {
    self.id = id
    self.cluster = cluster ?? id
    self.isPaired = isPaired
    self.attributes = attributes
    self.questions = questions
  }
}

/// An item with the model's answers and what follows from them.
public struct ScoredItem: Sendable, Equatable {
  public let id: String
  public let cluster: String
  public let isPaired: Bool
  public let attributes: [Attribute]
  public let answers: [Answer]
  public let values: [NamedValue]

  public init(
    id: String, cluster: String, isPaired: Bool, attributes: [Attribute], answers: [Answer], values: [NamedValue]
  ) {
    self.id = id
    self.cluster = cluster
    self.isPaired = isPaired
    self.attributes = attributes
    self.answers = answers
    self.values = values
  }

  public init(_ item: BenchmarkItem, answers: [Answer], values: [NamedValue]) {
    self.init(
      id: item.id, cluster: item.cluster, isPaired: item.isPaired, attributes: item.attributes, answers: answers,
      values: values)
  }

  /// Nil where the item has no such attribute.
  public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.text }
  /// Nil where the item has no such value.
  public func value(_ name: String) -> Double? { values.first { $0.name == name }?.value }
}

/// A number of a result, with its standard error where it has one.
public struct Metric: Sendable, Equatable {
  public let name: String
  public let value: Double
  public let standardError: Double?
  /// What a better model has more of; nil where neither is better.
  public let higherIsBetter: Bool?

  public init(_ name: String, _ value: Double, standardError: Double? = nil, higherIsBetter: Bool? = nil) {
    self.name = name
    self.value = value
    self.standardError = standardError
    self.higherIsBetter = higherIsBetter
  }
}

extension Metric {
  var isFinite: Bool { value.isFinite && standardError?.isFinite != false }
}

/// What the results file says under one task name.
public struct ResultRow: Sendable, Equatable {
  public let task: String
  /// How many items are in it.
  public let count: Int
  public let metrics: [Metric]

  public init(_ task: String, count: Int, metrics: [Metric]) {
    self.task = task
    self.count = count
    self.metrics = metrics
  }
}

/// A benchmark with its data read: items, and what their answers mean.
///
/// A new benchmark is one file with a type that conforms, and one line in ``BenchmarkRegistry``.
public protocol Benchmark: Sendable {
  /// As `--benchmark` names it.
  static var name: String { get }
  /// Raised with every change that can change a value.
  static var version: Int { get }
  /// One line for `--help` and the results file.
  static var summary: String { get }

  /// The files that the items come from.
  var data: [DataFile] { get }
  /// What else decides the items, in the words of the results file.
  var settings: [Attribute] { get }
  /// What is odd about the data.
  var notes: [String] { get }
  var items: [BenchmarkItem] { get }

  /// What follows from the answers to an item's questions; the names are the same for every item.
  func values(of item: BenchmarkItem, _ answers: [Answer]) -> [NamedValue]
  /// The rows of the results file.
  func rows(_ items: [ScoredItem]) -> [ResultRow]
}

extension Benchmark {
  public var settings: [Attribute] { [] }
  public var notes: [String] { [] }
}
