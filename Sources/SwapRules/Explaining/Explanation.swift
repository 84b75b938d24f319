/// Why one word of a text is replaced, or is not: all that was seen and asked, and the answers.
public struct Explanation: Sendable {
  public enum Answer: String, Sendable {
    case no, yes
    /// It would have to be known what lies beyond an edge.
    case unknown
  }

  /// A word or mark beside the match.
  public struct Item: Sendable {
    /// `prev3` … `next3`.
    public let position: String
    /// Empty for the text's end, a paragraph's, and what is not known.
    public let text: String
    /// As `any` has them; `unknown` where nothing is known.
    public let kinds: [String]
    /// The pack's classes that have the word.
    public let classes: [String]
  }

  /// Something that would have left the word alone, in the order in which it is asked.
  public struct Check: Sendable {
    /// As logs name the reason: `guard:url`, `exception:helium`.
    public let reason: String
    /// What it is about, where the reason does not say: an exception's text.
    public let detail: String
    public let answer: Answer
  }

  /// A condition and its parts.
  public struct Predicate: Sendable {
    public enum Form: Sendable { case all, any, not, test }

    public let form: Form
    /// Of a test: `next in [preposition]`.
    public let text: String
    public let answer: Answer
    public let parts: [Predicate]
  }

  /// What a learnt table says, in thousandths of a natural logarithm of odds.
  public struct Margin: Sendable {
    /// Nil where it would have to be known what lies beyond an edge.
    public let thousandths: Int?
    /// The branch holds above this.
    public let threshold: Int
    /// As near as this to the threshold the choice is uncertain.
    public let doubt: Int
  }

  /// A branch of the word's entry.
  public struct Trial: Sendable {
    public let branch: String
    /// Nil for a branch that keeps the word.
    public let writes: String?
    public let answer: Answer
    /// Nil for a branch without a condition.
    public let predicate: Predicate?
    /// Nil for a branch without a table.
    public let margin: Margin?
    /// False for those behind the one that decided.
    public let isAsked: Bool
  }

  public let candidate: Candidate
  public let word: String
  /// The lexicon entry.
  public let entry: String
  public let letterCase: String
  public internal(set) var items: [Item] = []
  public internal(set) var checks: [Check] = []
  /// The other half of a paired form that is swapped: it settles what is written.
  public internal(set) var partner: String?
  /// Empty where a check or a paired form settled it.
  public internal(set) var trials: [Trial] = []
  /// What decided, as logs name it.
  public let rule: String
  public let written: String?
}

extension Explanation.Answer {
  init(_ answer: Ternary) {
    switch answer {
    case .no: self = .no
    case .unknown: self = .unknown
    case .yes: self = .yes
    }
  }
}
