/// The items of one benchmark, as one model answered them.
public struct ItemScores: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    /// The same for the same item in every evaluation.
    public var id: String
    /// Items that stand or fall together: both sentences of a pair, both templates of a sentence.
    public var cluster: String
    /// False where a flaw of the data forbids paired statistics.
    public var isPaired: Bool
    /// What the item is: its category, pronoun, occupation, text.
    public var attributes: [String: String]
    public var values: [String: Double]

    public init(
      id: String, cluster: String? = nil, isPaired: Bool = true, attributes: [String: String] = [:],
      values: [String: Double]
    ) {
      self.id = id
      self.cluster = cluster ?? id
      self.isPaired = isPaired
      self.attributes = attributes
      self.values = values
    }
  }

  /// As `tiresias evaluate` names it: `crows-pairs`.
  public var benchmark: String
  public var items: [Item]

  public init(benchmark: String, items: [Item]) {
    self.benchmark = benchmark
    self.items = items
  }
}
