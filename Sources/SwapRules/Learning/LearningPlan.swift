/// What a table is learnt from: words that are spelled differently where the word to be decided is not.
///
/// `her` is object and possessive alike, but whoever writes `him` or `his` has said which. So the contexts of such words
/// are labelled examples without anybody's labels (specs in docs/formats.md, "Learnt tables").
public struct LearningPlan: Sendable {
  /// Two words of one person and number.
  public struct Pair: Sendable, Equatable {
    /// Of the sense that a positive margin means.
    public let positive: String
    public let negative: String

    public init(positive: String, negative: String) {
      self.positive = positive
      self.negative = negative
    }
  }

  public var pairs: [Pair]
  /// Features seen less often are left out.
  public var minimumCount = 5
  /// Weights that the table keeps: the largest.
  public var maximumRows = 3000
  /// Weights are rounded to multiples of this.
  public var step = LogOdds(thousandths: 50)
  /// Pull of weights towards 0, in examples.
  var ridge = 4.0
  var rounds = 15
  /// One document in so many is held back to measure on.
  var heldBack = 10

  public init(pairs: [Pair]) { self.pairs = pairs }

  /// The object and possessive forms of the other English pronouns.
  public static let english = LearningPlan(
    pairs: [("him", "his"), ("me", "my"), ("us", "our"), ("them", "their")].map {
      Pair(positive: $0.0, negative: $0.1)
    })

  /// What the features look at. More of them, and items further off, gained nothing on contexts held back.
  static let templates = [
    "next.word", "next.class", "next.ending", "next2.class", "prev.word", "prev.class", "next.class+next2.class",
    "next.word+next2.class", "prev.word+next.class", "prev.class+next.class", "prev.word+next.class+next2.class",
  ].compactMap { ContextTemplate($0) }
}
