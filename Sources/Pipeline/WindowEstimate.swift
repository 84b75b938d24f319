import Intervention
import TokenDataset
import TrainingOrder

/// What a window would come to, from some of its sequences, spread over it by a keyed hash.
public struct WindowEstimate {
  let counts: WindowCounts
  let sequences: Int
  private let all: Int
  private let length: LengthPolicy
  /// Of one swap, the fraction that it keeps; nil for none and for several.
  private let fraction: Double?
  private let before: ShareEstimate
  private let after: ShareEstimate

  /// Makes `count` sequences of a plan's window as a run would, and throws them away. The training order is built first,
  /// which takes half a minute for a whole Pile; a sequence then takes about a millisecond.
  public init(_ plan: WindowPlan, sample count: Int, progress style: Progress.Style = .automatic) throws {
    let maker = try SampleMaker(plan, plan.order(), log: false)
    let chosen = KeyedDraw.of(count, from: plan.sequences).sorted()
    let progress = Progress("sample", total: chosen.count, unit: .items("sequences"), style: style)
    var (counts, before, after) = (WindowCounts(), ShareEstimate(), ShareEstimate())
    for sequence in chosen {
      try maker.make(sequence)
      counts.add(maker.record)
      before.add(maker.record.pronounsBefore)
      after.add(maker.record.pronounsAfter)
      progress.advance(1, bytes: plan.sampleLength * plan.tokenType.byteCount)
    }
    progress.finish()
    (self.counts, self.before, self.after) = (counts, before, after)
    (sequences, all, length) = (chosen.count, plan.sequences.count, plan.intervention.length)
    let stages = plan.intervention.stages
    fraction = stages.count == 1 ? Double(stages[0].selection.fraction.description) : nil
  }

  // MARK: For people

  /// Aligned lines, as a dry run prints them.
  public var text: String {
    let rows = [("sample", "\(sequences) of \(all) sequences")] + pronouns + edits
    let width = rows.map(\.0.utf8.count).max() ?? 0
    return rows.map { $0.0 + String(repeating: " ", count: width + 2 - $0.0.utf8.count) + $0.1 }.joined(separator: "\n")
  }

  private var pronouns: [(String, String)] {
    guard let share = before.share, let changed = after.share else {
      return [("pronouns", "no masculine or feminine ones in these sequences")]
    }
    let rows = [
      (
        "pronouns",
        "\(percent(share)) % masculine (± \(percent(before.margin))) before, \(percent(changed)) %"
          + " (± \(percent(after.margin))) after"
      )
    ]
    guard let fraction, fraction > 0, share != changed else { return rows }
    let slope = (share - changed) / fraction
    let half = (share - 0.5) / slope
    let target = (0...1).contains(half) ? "; 50 % masculine needs a fraction of \(rounded(half, 3))" : ""
    return rows + [("fraction", "0.1 of it moves the share by \(percent(slope.magnitude / 10)) points\(target)")]
  }

  private var edits: [(String, String)] {
    let perThousand = Double(counts.edits) * 1000 / Double(max(1, counts.tokens))
    let left = counts.kept[LeftReason.length, default: 0]
    // Length is decided before the selection.
    let wanted = counts.edits + left + counts.kept[LeftReason.selection, default: 0]
    let scale = Double(all) / Double(max(1, sequences))
    var rows = [
      ("edits", "\(rounded(perThousand, 2)) per 1,000 tokens; in all about \(about(Double(counts.edits) * scale))"),
      (
        "changed",
        "\(percent(Double(counts.sequencesChanged) / Double(max(1, sequences)))) % of sequences; in all about"
          + " \(about(Double(counts.sequencesChanged) * scale))"
      ),
    ]
    if length == .aligned {
      rows.append(
        (
          "left out",
          "\(rounded(Double(left) * 100 / Double(max(1, wanted)), 2)) % of edits, which change the number of tokens"
        ))
    }
    if counts.uncertain > 0 {
      rows.append(("uncertain", "\(percent(Double(counts.uncertain) / Double(max(1, counts.edits)))) % of edits"))
    }
    return rows
  }

  private func percent(_ share: Double) -> String { rounded(share * 100, 1) }

  private func rounded(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let digits = String(Int((value.magnitude * scale).rounded()))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return (value < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// Three digits that count: an estimate has no more.
  private func about(_ value: Double) -> String {
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return String(Int((value / unit).rounded() * unit))
  }
}

/// The masculine share among masculine and feminine pronouns, and how far a sample of sequences can be trusted.
struct ShareEstimate {
  private var sequences: [(masculine: Double, both: Double)] = []

  mutating func add(_ counts: PronounCounts) {
    // PronounCounts.words: four masculine ones, then four feminine ones.
    let masculine = counts.counts.prefix(4).reduce(0, +)
    sequences.append((Double(masculine), Double(masculine + counts.counts.dropFirst(4).prefix(4).reduce(0, +))))
  }

  /// Nil if there are no such pronouns.
  var share: Double? {
    let both = sequences.reduce(0) { $0 + $1.both }
    return both > 0 ? sequences.reduce(0) { $0 + $1.masculine } / both : nil
  }

  /// Half the width of a 95 % interval. Pronouns come in clusters, so sequences are what was drawn: the standard error of a
  /// ratio of sums (Cochran, Sampling Techniques, 3rd ed., 6.4).
  var margin: Double {
    guard let share, sequences.count > 1 else { return 0 }
    let count = Double(sequences.count)
    let mean = sequences.reduce(0) { $0 + $1.both } / count
    let squares = sequences.reduce(0) { sum, sequence in
      let rest = sequence.masculine - share * sequence.both
      return sum + rest * rest
    }
    return 1.96 * (squares / (count - 1) / count).squareRoot() / mean
  }
}
