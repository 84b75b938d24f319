import Statistics

extension Difference {
  /// By single items where both arms have them; else by what the files say in sum. `isDetailed` asks for the bootstrap,
  /// which takes some hundredths of a second.
  init(from control: Observation, to treated: Observation, isDetailed: Bool) {
    self.init(from: control.score, to: treated.score)
    guard isDetailed, let pairs = ItemPairs(control, treated), pairs.answersScores else { return }
    value = pairs.counts.difference
    let mcNemar = McNemarTest(pairs.counts)
    test = mcNemar.isExact ? .mcNemarExact : .mcNemar
    z = nil
    pValue = mcNemar.pValue
    interval = pairs.isClustered ? pairs.bootstrap.interval : pairs.counts.interval()
    if pairs.isClustered { pValue = MeanTest.signFlip(pairs.hits) }
    detectable = DetectableDifference().paired(count: pairs.counts.count, discordance: pairs.counts.discordance)
    paired = pairs.detail
  }
}

/// The items that both arms have, side by side.
struct ItemPairs {
  let control: [ItemScores.Item]
  let treated: [ItemScores.Item]
  private let task: ItemScores

  /// Nil where one arm has no items of the task, or not the same ones.
  init?(_ control: Observation, _ treated: Observation) {
    guard let one = Self.items(control), let other = Self.items(treated), one.items.count == other.items.count else {
      return nil
    }
    let places = Dictionary(other.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let matches = one.items.compactMap { places[$0.id] }
    guard !one.items.isEmpty, matches.count == one.items.count, places.count == one.items.count else { return nil }
    self.control = one.items
    self.treated = matches
    task = one
  }

  private static func items(_ observation: Observation) -> ItemScores? {
    observation.evaluation.items.first { $0.task == observation.score.task && $0.metric == observation.score.metric }
  }

  /// True where every item of both arms has an answer.
  var answersScores: Bool { (control + treated).allSatisfy { $0.isHit != nil } }

  var counts: PairedCounts {
    PairedCounts(from: control.map { $0.isHit ?? false }, to: treated.map { $0.isHit ?? false })
  }

  var isClustered: Bool { Set(control.map(\.cluster)).count < control.count }

  private var clusters: [Int] {
    var numbers: [String: Int] = [:]
    return control.map { item in
      let next = numbers.count
      return numbers[item.cluster]
        ?? {
          numbers[item.cluster] = next; return next
        }()
    }
  }

  var hits: ClusteredValues {
    ClusteredValues(
      from: control.map { $0.isHit == true ? 1 : 0 }, to: treated.map { $0.isHit == true ? 1 : 0 }, clusters: clusters)
  }

  var bootstrap: Bootstrap.Result { Bootstrap().mean(of: hits) }

  var detail: Difference.PairedDetail {
    let counts = counts
    var detail = Difference.PairedDetail(
      items: counts.count, onlyControl: counts.onlyFirst, onlyIntervention: counts.onlySecond,
      tiesControl: control.count { $0.isTie }, tiesIntervention: treated.count { $0.isTie })
    let before = control.compactMap(\.margin)
    let after = treated.compactMap(\.margin)
    if before.count == control.count, after.count == treated.count {
      let change = Bootstrap().difference(from: before, to: after, clusters: clusters)
      detail.margin = change.mean
      detail.marginInterval = change.interval
    }
    return detail
  }
}
