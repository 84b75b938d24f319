/// Correction for several tests at once.
public enum Holm {
  /// Holm's adjusted p values (Holm 1979), in the order of `pValues`: a test is significant at level α in the family if its
  /// adjusted value is at most α. O(n log n).
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var greatest = 0.0
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, min(1, pValues[index] * Double(pValues.count - rank)))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
