import Statistics

/// A score of an intervention less that of its control: how much, how sure, and what could have been seen.
public struct Difference: Sendable, Equatable {
  /// How it was judged.
  public enum Test: String, Sendable {
    case mcNemarExact = "McNemar, exact"
    case mcNemar = "McNemar, χ² with continuity correction"
    /// On clusters of items that stand or fall together, with a bootstrap interval.
    case signFlip = "sign flips of clusters"
    case proportions = "two proportions, unpaired"
    case normal = "normal, unpaired"
    /// Of the same items in several trainings: see ``SeedPool``.
    case seedsAndItems = "t over seeds and items"
    /// Of several trainings whose items are not known.
    case seeds = "t over seeds"
    /// No standard errors: a difference and no more.
    case none = "none"
  }

  public var value: Double
  /// 95 %.
  public var interval: Interval?
  public var test: Test
  public var z: Double?
  public var pValue: Double?
  /// True difference that would have been significant at 5 % with probability 80 %.
  public var detectable: Double?
  /// Only where both arms have scores of the same items.
  public var paired: PairedDetail?

  /// What only scores of single items can tell.
  public struct PairedDetail: Sendable, Equatable {
    public var items: Int
    /// Items that only one arm answered in the stereotyped way.
    public var onlyControl: Int
    public var onlyIntervention: Int
    public var tiesControl: Int
    public var tiesIntervention: Int
    /// Mean change of the signed margin, in nats, with its 95 % interval; nil where items have no margins.
    public var margin: Double?
    public var marginInterval: Interval?
  }

  /// From what two files say in sum: the same items, taken as different ones, for which went which way is not known.
  init(from control: Score, to treated: Score) {
    value = treated.value - control.value
    test = .none
    if let first = control.hits, let second = treated.hits, let n = control.count, let m = treated.count {
      let difference = ProportionDifference(from: Proportion(first, of: n), to: Proportion(second, of: m))
      test = .proportions
      z = difference.z
      pValue = difference.pValue
      interval = difference.interval()
      detectable = DetectableDifference().unpaired(
        count: min(n, m), proportion: Double(first + second) / Double(n + m))
    } else if let first = control.standardError, let second = treated.standardError {
      let difference = Estimate(treated.value, standardError: second)
        .minus(Estimate(control.value, standardError: first))
      test = .normal
      z = difference.standardError > 0 ? difference.value / difference.standardError : nil
      pValue = difference.pValue
      interval = difference.interval()
      detectable = DetectableDifference().ofMeans(standardError: difference.standardError)
    }
  }
}
