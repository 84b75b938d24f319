/// Where the parts of a sample are after its texts became longer or shorter (`length: slide` or `pad`).
public enum MovedParts {
  /// The base's parts in an arm's tokens, told by the special tokens, which no edit touches: the n-th of the one is the n-th of
  /// the other. A part that follows another without one between them keeps its distance from the last.
  ///
  /// As many ranges as `parts`, in order and without gaps, the first from 0. What stands behind the last one, which is text of
  /// the documents that follow or padding, is of no part.
  public static func ranges(
    of parts: [Range<Int>], from base: UnsafeBufferPointer<UInt32>, to arm: UnsafeBufferPointer<UInt32>,
    isSpecial: (UInt32) -> Bool
  ) -> [Range<Int>] {
    let (old, new) = (base.indices.filter { isSpecial(base[$0]) }, arm.indices.filter { isSpecial(arm[$0]) })
    let limit = new.count > old.count ? new[old.count] : arm.count
    var moved: [Range<Int>] = []
    for part in parts {
      let start = moved.last?.upperBound ?? 0
      let end = moved.count == parts.count - 1 ? limit : end(of: part, old, new, limit)
      moved.append(start..<max(start, end))
    }
    return moved
  }

  private static func end(of part: Range<Int>, _ old: [Int], _ new: [Int], _ limit: Int) -> Int {
    let ends = old.prefix { $0 < part.upperBound }.count
    if ends == 0 { return min(limit, part.upperBound) }
    return ends <= new.count ? min(limit, new[ends - 1] + part.upperBound - old[ends - 1]) : limit
  }
}
