import StructuredText

/// A rule pack as its files say it, names resolved to nothing yet.
struct PackDefinition: Sendable {
  var header: Header
  var extends: [Reference] = []
  var classes: [ClassDefinition] = []
  var choices: [ChoiceDefinition] = []
  var lexicon: [EntryDefinition] = []
  var guards: [GuardDefinition] = []
  var exceptions: [ExceptionDefinition] = []
  var tests: [TestDefinition] = []
}

struct Header {
  var name: String
  var version: String
  var status: RulePack.Status
  var language: String
  var description: String
  var citations: [String]
  var direction: RulePack.Direction?
  var boundaries: RulePack.Boundaries
  /// The tokenizer that a `token-id` pack's ids belong to.
  var tokenizer: String?
  var pairedForms: PairedFormPolicy
  var casePolicy: CasePolicy
  /// The spellings of the apostrophe that stand before a clitic.
  var apostrophes: [String]
  let place: SourcePlace
}

enum CasePolicy: String, CaseIterable {
  /// lower, Title and UPPER are matched and carried over.
  case preserve
  /// Only the form as it is written is matched.
  case exact
}

enum PairedFormPolicy: String, CaseIterable {
  /// "he or she" stays.
  case keep
  /// "he or she" becomes "she or he".
  case swap
}

/// `base/english-classes@1`: a pack and the front of its version.
struct Reference {
  let name: String
  let version: String
  let place: SourcePlace
}

struct ClassDefinition {
  enum Words {
    case inline([Located])
    case file(Located)
  }

  let name: String
  let place: SourcePlace
  var words: Words
}

struct Located: Sendable {
  let text: String
  let place: SourcePlace
}

struct EntryDefinition {
  let id: String
  let place: SourcePlace
  let forms: [Located]
  let clitics: [Located]
  /// Counterparts beyond what the branches write: "him or herself".
  let pairs: [Located]
  let features: [RulePack.Feature]
  /// Those of the choice that it names, once ``PackDefinition/resolveChoices()`` has run.
  var branches: [BranchDefinition]
  var choice: NamedChoice?
  /// Of a `token-id` pack.
  var tokens: TokenPair?
}

/// Branches that entries of several packs share. What they write are senses, which each entry puts into words.
struct ChoiceDefinition {
  let name: String
  let place: SourcePlace
  var branches: [BranchDefinition]
}

/// `choose: NAME` with `words: {SENSE: WORD}`.
struct NamedChoice {
  let name: Located
  let words: [(sense: Located, word: Located)]
}

/// A token of a `token-id` pack and what stands in its place.
struct TokenPair {
  let from: UInt32
  let to: UInt32
}

struct BranchDefinition {
  enum Outcome {
    case to(Located)
    case keep
  }

  let id: String
  let place: SourcePlace
  let condition: Condition?
  var table: TableUse?
  var outcome: Outcome
  let isUncertain: Bool

  /// What it writes, unless it keeps the match.
  var word: String? {
    if case .to(let text) = outcome { text.text } else { nil }
  }
}

/// `table: FILE`: the branch holds if the table's margin is above the threshold.
struct TableUse {
  let file: Located
  let threshold: LogOdds
  /// A margin this near to the threshold is uncertain.
  let doubt: LogOdds
  /// Nil until the loader has read the file.
  var table: LearntTable?
}

/// What must hold around a match.
indirect enum Condition: Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// `position` is -3 … 3 without 0: the third item before to the third after the match.
  case item(position: Int, ItemTest)
  /// The match itself is written in one of these cases.
  case match([WordCase])

  /// Whether it, or a part of it, asks how the match is written.
  var asksForCase: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.asksForCase)
    case .not(let inner): inner.asksForCase
    case .item: false
    case .match: true
    }
  }
}

enum WordCase: String, CaseIterable { case lower, title, upper }

/// What must hold of one item: a word, a mark, a paragraph break or the segment's end.
indirect enum ItemTest: Sendable {
  case all([ItemTest])
  case any([ItemTest])
  case not(ItemTest)
  case kind(ItemKinds)
  case memberOf(Located)
  case word([Located])
  case mark([Located])
  case suffix([Located])
}

struct GuardDefinition {
  enum Kind {
    case span(SpanGuard)
    case regex(String)
  }

  let kind: Kind
  let place: SourcePlace
}

struct ExceptionDefinition {
  let text: Located
  let reason: String
  let isExact: Bool
  /// From an extended pack, whose exceptions need not concern this one's forms.
  var isInherited = false
}

/// A sentence and what becomes of it.
struct TestDefinition: Sendable {
  let input: String
  let expected: String
  /// A branch, an entry or a reason that must have decided a candidate of the input.
  let by: Located?
  /// A known limit: expected to fail, and reported when it passes.
  let isTodo: Bool
  let place: SourcePlace
}
