import Statistics

extension Difference {
  /// Several seeds together, each the difference of one training of the intervention and one of its control with the same
  /// seed. By single items where all have them.
  init(pooling pairs: [Comparison.Pair], items: [ItemPairs]) {
    let values = items.map(\.values)
    let hasItems = items.count == pairs.count && ItemPairs.areAlike(items)
    let pool = hasItems ? SeedPool(values) : Self.poolOfSums(pairs)
    value = pool.mean
    test = hasItems ? .seedsAndItems : .seeds
    let isKnown = pool.standardError.isFinite
    interval = isKnown ? pool.interval() : nil
    pValue = isKnown ? pool.pValue : nil
    detectable = isKnown ? pool.detectable : nil
    paired = hasItems ? ItemPairs.detail(ofSeeds: items) : nil
  }

  private static func poolOfSums(_ pairs: [Comparison.Pair]) -> SeedPool {
    let errors = pairs.compactMap { pair in
      pair.control.error.flatMap { one in pair.treated.error.map { (one * one + $0 * $0).squareRoot() } }
    }
    return SeedPool(
      means: pairs.map(\.difference.value), standardErrors: errors.count == pairs.count ? errors : nil)
  }
}

extension ItemPairs {
  /// True where the seeds have the same items in the same clusters, and the same order.
  static func areAlike(_ seeds: [ItemPairs]) -> Bool {
    guard let first = seeds.first else { return false }
    return seeds.allSatisfy { seed in
      seed.control.count == first.control.count
        && zip(seed.control, first.control).allSatisfy { $0.id == $1.id && $0.cluster == $1.cluster }
    }
  }

  /// Counts over all seeds; the margin's change is pooled as the difference is.
  fileprivate static func detail(ofSeeds seeds: [ItemPairs]) -> Difference.PairedDetail {
    let details = seeds.map(\.counted)
    func sum(_ count: (Difference.PairedDetail) -> Int) -> Int { details.reduce(0) { $0 + count($1) } }
    var detail = Difference.PairedDetail(
      items: details.first?.items ?? 0, onlyControl: sum(\.onlyControl), onlyIntervention: sum(\.onlyIntervention),
      tiesControl: sum(\.tiesControl), tiesIntervention: sum(\.tiesIntervention))
    let changes = seeds.compactMap(\.marginChanges)
    if changes.count == seeds.count {
      let pool = SeedPool(changes)
      detail.margin = pool.mean
      detail.marginInterval = pool.standardError.isFinite ? pool.interval() : nil
    }
    return detail
  }

  /// Items with the means of their values over seeds; nil where the seeds have other items.
  static func means(of seeds: [ItemPairs]) -> [(control: ItemScores.Item, treated: ItemScores.Item)]? {
    guard areAlike(seeds) else { return nil }
    return Array(zip(mean(seeds.map(\.control)), mean(seeds.map(\.treated)))).map { ($0, $1) }
  }

  private static func mean(_ seeds: [[ItemScores.Item]]) -> [ItemScores.Item] {
    seeds[0].enumerated().map { index, item in
      var item = item
      for key in item.values.keys {
        let values = seeds.compactMap { $0[index].values[key] }
        item.values[key] = values.reduce(0, +) / Double(values.count)
      }
      return item
    }
  }
}

extension Score {
  /// The standard error that the file gives, or that follows from a share of items.
  var error: Double? {
    standardError ?? hits.flatMap { hits in count.map { Proportion(hits, of: $0).standardError } }
  }

  /// The mean of one measure over seeds.
  static func mean(_ scores: [Score]) -> Score {
    guard scores.count > 1 else { return scores[0] }
    var mean = scores[0]
    let pool = SeedPool(means: scores.map(\.value), standardErrors: errors(scores))
    mean.value = pool.mean
    mean.standardError = pool.standardError.isFinite ? pool.standardError : nil
    // It is no share of some items any more.
    mean.count = nil
    return mean
  }

  private static func errors(_ scores: [Score]) -> [Double]? {
    let errors = scores.compactMap(\.error)
    return errors.count == scores.count ? errors : nil
  }

  /// Where another training and other items of the kind would put the mean of these.
  static func interval(ofSeeds scores: [Score]) -> Interval? {
    let pool = SeedPool(means: scores.map(\.value), standardErrors: errors(scores))
    return pool.standardError.isFinite ? pool.interval() : nil
  }
}
