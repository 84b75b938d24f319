import Statistics

extension Difference {
  /// By single items where there are pairs of them; else by what the files say in sum. The bootstrap takes some hundredths of
  /// a second.
  init(from control: Observation, to treated: Observation, pairs: ItemPairs?) {
    self.init(from: control.score, to: treated.score)
    if let pairs { refine(by: pairs) }
  }

  private mutating func refine(by pairs: ItemPairs) {
    z = nil
    value = pairs.values.mean
    if pairs.areAnswers {
      let counts = pairs.counts
      let mcNemar = McNemarTest(counts)
      test = mcNemar.isExact ? .mcNemarExact : .mcNemar
      pValue = mcNemar.pValue
      interval = counts.interval()
      detectable = DetectableDifference().paired(count: counts.count, discordance: counts.discordance)
    } else {
      let bootstrap = Bootstrap().mean(of: pairs.values)
      test = .signFlip
      pValue = MeanTest.signFlip(pairs.values)
      interval = bootstrap.interval
      detectable = DetectableDifference().ofMeans(standardError: bootstrap.standardError)
    }
    paired = pairs.detail
  }
}

/// The items that both arms have, side by side.
struct ItemPairs {
  let control: [ItemScores.Item]
  let treated: [ItemScores.Item]
  private let before: [Double]
  private let after: [Double]

  /// Nil where one arm has no items of the score, or other ones. Items that a flaw of the data forbids to pair are left out.
  init?(_ control: Observation, _ treated: Observation) {
    let measure = control.score.measure
    let candidates = [ItemSelection(samplesOf: measure), ItemSelection(measure)].compactMap { $0 }
    guard let pairs = candidates.lazy.compactMap({ ItemPairs(control, treated, $0) }).first else { return nil }
    self = pairs
  }

  private init?(_ control: Observation, _ treated: Observation, _ selection: ItemSelection) {
    guard let one = Self.items(control, selection),
      let other = Self.items(treated, selection), one.count == other.count, !one.isEmpty
    else { return nil }
    let places = Dictionary(other.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let matches = one.compactMap { places[$0.id] }
    guard matches.count == one.count, places.count == one.count else { return nil }
    self.control = one
    self.treated = matches
    before = one.compactMap(selection.value)
    after = matches.compactMap(selection.value)
    guard before.count == after.count, (before + after).allSatisfy(\.isFinite) else { return nil }
  }

  private static func items(_ observation: Observation, _ selection: ItemSelection) -> [ItemScores.Item]? {
    observation.evaluation.items.first { $0.benchmark == selection.benchmark }?.items
      .filter { $0.isPaired && selection.value($0) != nil }
  }

  /// True where each item is answered yes or no, and stands alone.
  var areAnswers: Bool {
    (before + after).allSatisfy { $0 == 0 || $0 == 1 } && Set(control.map(\.cluster)).count == control.count
  }

  var counts: PairedCounts { PairedCounts(from: before.map { $0 == 1 }, to: after.map { $0 == 1 }) }

  var values: ClusteredValues { ClusteredValues(from: before, to: after, clusters: clusters) }

  private var clusters: [Int] {
    var numbers: [String: Int] = [:]
    for item in control where numbers[item.cluster] == nil { numbers[item.cluster] = numbers.count }
    return control.map { numbers[$0.cluster] ?? 0 }
  }

  /// The quantity behind an answer, signed: LL(more) − LL(less), or the log-odds of the stereotyped pronoun.
  static func margin(_ item: ItemScores.Item) -> Double? { item.values["signed_diff"] ?? item.values["log_odds"] }

  /// What is counted, without the margins' change.
  var counted: Difference.PairedDetail {
    let counts = counts
    return Difference.PairedDetail(
      items: control.count, onlyControl: counts.onlyFirst, onlyIntervention: counts.onlySecond,
      tiesControl: control.count { Self.margin($0) == 0 }, tiesIntervention: treated.count { Self.margin($0) == 0 })
  }

  /// By item, intervention minus control; nil where items have no margins.
  var marginChanges: ClusteredValues? {
    let (one, other) = (control.compactMap(Self.margin), treated.compactMap(Self.margin))
    guard one.count == control.count, other.count == treated.count else { return nil }
    return ClusteredValues(from: one, to: other, clusters: clusters)
  }

  var detail: Difference.PairedDetail {
    var detail = counted
    if let changes = marginChanges {
      let change = Bootstrap().mean(of: changes)
      detail.margin = change.mean
      detail.marginInterval = change.interval
    }
    return detail
  }
}
