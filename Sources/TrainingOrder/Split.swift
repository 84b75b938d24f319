/// GPT-NeoX's `split`: one data set cut into training, validation and test documents.
public enum Split {
  /// The documents of each part, empty ones included; GPT-NeoX makes no maps for a part without documents.
  ///
  /// `text` is "969, 30, 1" or "969/30/1": shares, filled up with 0 to three. Ends are rounded half to even one after
  /// the other, and what they are too far goes off all three.
  public static func documents(_ text: String, itemCount: Int) throws -> (
    train: Range<Int>, valid: Range<Int>, test: Range<Int>
  ) {
    let shares = try shares(text)
    let sum = shares.reduce(0, +)
    guard sum > 0, sum.isFinite else {
      throw OrderFailure(.parameter, "split", "the shares '\(text)' add up to \(sum)")
    }
    var ends = [0]
    for share in shares {
      ends.append(ends[ends.count - 1] + Int((share / sum * Double(itemCount)).rounded(.toNearestOrEven)))
    }
    let excess = ends[3] - itemCount
    for index in 1...3 { ends[index] -= excess }
    guard ends[0] <= ends[1], ends[1] <= ends[2], ends[2] <= ends[3] else {
      throw OrderFailure(
        .parameter, "split", "'\(text)' of \(itemCount) documents gives the ends \(ends), with which GPT-NeoX fails")
    }
    return (ends[0]..<ends[1], ends[1]..<ends[2], ends[2]..<ends[3])
  }

  /// The documents of one part. Throws where it has none: then GPT-NeoX makes no maps for it.
  public static func documents(_ text: String, itemCount: Int, part: RunPart) throws -> Range<Int> {
    let all = try documents(text, itemCount: itemCount)
    let documents =
      switch part {
      case .train: all.train
      case .valid: all.valid
      case .test: all.test
      }
    guard !documents.isEmpty else {
      throw OrderFailure(.data, "split", "'\(text)' of \(itemCount) documents leaves none for \(part.rawValue)")
    }
    return documents
  }

  private static func shares(_ text: String) throws -> [Double] {
    let separator: Character = text.contains(",") ? "," : "/"
    var shares = try text.split(separator: separator, omittingEmptySubsequences: false).map { part in
      let digits = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      guard let share = Double(String(digits)), share >= 0, share.isFinite else {
        throw OrderFailure(.parameter, "split", "'\(part)' in '\(text)' is no share; write for example 969,30,1")
      }
      return share
    }
    while shares.count < 3 { shares.append(0) }
    return Array(shares[..<3])
  }
}
