import StructuredText

/// Learns a table from raw text: hands in documents with ``read(_:)``, then ``learn()``.
///
/// The same documents in the same order give the same table on any machine. Memory grows with the number of contexts,
/// about 100 bytes each, and with the features seen.
public final class ContextLearner {
  public let plan: LearningPlan
  public private(set) var documents = 0
  /// Occurrences of the plan's words that are learnt from or measured on.
  public var contexts: Int { collection.count }

  private let matcher: Matcher
  private let classes: ContextClasses
  private var collection = ContextCollection()
  private var candidates: [Candidate] = []

  public init(_ plan: LearningPlan) throws {
    self.plan = plan
    let definition = PackDefinition(learning: plan)
    matcher = try Matcher(
      RulePack(definition, sourceFiles: [], compiled: try PackCompiler.compile(definition)))
    classes = ContextClasses(EnglishContexts.classes, endings: EnglishContexts.endings)
  }

  deinit { classes.deallocate() }

  /// Collects the contexts in one document.
  public func read(_ text: UnsafeBufferPointer<UInt8>) {
    let segment = SegmentText(text)
    let isHeldBack = documents % plan.heldBack == plan.heldBack - 1
    documents += 1
    candidates.removeAll(keepingCapacity: true)
    matcher.candidates(in: segment, into: &candidates)
    for candidate in candidates where candidate.isReplaced {
      let view = TextView(segment, around: candidate.start, candidate.end)
      var around = Surroundings(
        view, matcher.pack.tables, nil, wordCase: .lower, start: candidate.start, end: candidate.end)
      add(&around, isPositive: candidate.entry % 2 == 0, isHeldBack: isHeldBack)
    }
  }

  /// A context of which something is not known is passed over.
  private func add(_ around: inout Surroundings, isPositive: Bool, isHeldBack: Bool) {
    // Possessives that stand alone ("it is his") are another word for others than him.
    if !isPositive, !around.next.isWord { return }
    var seen: [(item: Item, number: UInt16)] = []
    for position in [-3, -2, -1, 1, 2, 3] as [Int8] {
      let item = around.item(position)
      guard let number = classes.number(of: item, in: around.view, isShouting: false) else { return }
      seen.append((item, number))
    }
    for (item, number) in seen { collection.add(item, classNumber: number, in: around.view) }
    collection.end(isPositive: isPositive, isHeldBack: isHeldBack)
  }

  /// Trains, and measures on what was held back. Seconds for a million contexts.
  public func learn() -> LearntModel {
    var examples = ContextExamples(collection, plan, classNames: classes.names)
    var regression = LogisticRegression(plan)
    let features = examples.keys.count
    regression.fit(examples)
    if features > plan.maximumRows {
      examples.keepLargest(plan.maximumRows, regression)
      regression.fit(examples)
    }
    return LearntModel(examples, regression, plan, collection, features: features)
  }
}

extension PackDefinition {
  /// A pack that finds a plan's words: positive ones in even entries, negative ones in odd ones.
  fileprivate init(learning plan: LearningPlan) {
    let place = SourcePlace(file: "plan", line: 1, column: 1)
    func entry(_ word: String) -> EntryDefinition {
      let branch = BranchDefinition(
        id: word, place: place, condition: nil, outcome: .to(Located(text: word, place: place)), isUncertain: false)
      return EntryDefinition(
        id: word, place: place, forms: [Located(text: word, place: place)], clitics: [], pairs: [],
        features: [], branches: [branch])
    }
    self.init(
      header: Header(
        name: "plan", version: "1.0.0", status: .experimental, language: "und", description: "", citations: [],
        boundaries: .uax29, pairedForms: .keep, casePolicy: .preserve, apostrophes: ["'", "’"], place: place))
    lexicon = plan.pairs.flatMap { [entry($0.positive), entry($0.negative)] }
    guards = SpanGuard.allCases.map { GuardDefinition(kind: .span($0), place: place) }
  }
}
