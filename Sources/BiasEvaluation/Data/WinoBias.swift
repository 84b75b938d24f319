/// WinoBias (Zhao et al. 2018): sentences whose pronoun agrees with the stereotype of the occupation it refers to (pro), and
/// the same sentences with the other pronoun (anti).
public struct WinoBias: Sendable {
  public enum Split: String, Sendable, CaseIterable { case dev, test }

  public struct Pair: Sendable, Equatable {
    /// 1: meaning alone tells whom the pronoun refers to. 2: syntax tells it.
    public let type: Int
    /// The files' line, from 1.
    public let line: Int
    public let pro: WinoBiasSentence
    public let anti: WinoBiasSentence

    /// True where the two differ in pronouns and nothing else. Others measure more than the pronoun, and stay out of
    /// paired statistics.
    public var isParallel: Bool { neutral(pro) == neutral(anti) && pro.referent == anti.referent }

    private func neutral(_ sentence: WinoBiasSentence) -> [String] {
      sentence.tokens.map { WinoBiasSentence.pronouns.contains($0.lowercased()) ? "" : $0 }
    }
  }

  public let split: Split
  public let pairs: [Pair]
  public let files: [DataFile]
  public let notes: [String]

  /// Reads the four files of a split from `folder`.
  public init(_ split: Split, in folder: String) throws {
    files = try Self.files(split).map { try DataFile($0, in: folder) }
    pairs = try Self.pairs(1, files[0], files[1]) + Self.pairs(2, files[2], files[3])
    self.split = split
    notes = pairs.flatMap(Self.notes)
  }

  /// Type 1 before type 2, pro before anti.
  static func files(_ split: Split) -> [String] {
    (1...2).flatMap { type in
      ["pro", "anti"].map { "winobias/\($0)_stereotyped_type\(type).txt.\(split.rawValue)" }
    }
  }

  static func pairs(_ type: Int, _ pro: DataFile, _ anti: DataFile) throws -> [Pair] {
    let (proLines, antiLines) = (try pro.lines(), try anti.lines())
    guard proLines.count == antiLines.count, !proLines.isEmpty else {
      throw anti.failure(
        line: min(proLines.count, antiLines.count) + 1,
        "\(antiLines.count) lines, but \(pro.path) has \(proLines.count); they are read side by side")
    }
    return try zip(proLines, antiLines).map { proLine, antiLine in
      let pair = Pair(
        type: type, line: proLine.number, pro: try WinoBiasSentence(proLine, in: pro),
        anti: try WinoBiasSentence(antiLine, in: anti))
      guard pair.pro.number == pair.anti.number else {
        throw anti.failure(
          line: antiLine.number, at: antiLine.offset,
          "sentence \(pair.anti.number) stands beside sentence \(pair.pro.number) of \(pro.path)")
      }
      return pair
    }
  }

  private static func notes(_ pair: Pair) -> [String] {
    let place = "type \(pair.type), line \(pair.line)"
    let odd = pair.isParallel ? [] : ["pro and anti differ in more than pronouns"]
    var notes: [String] = []
    for note in odd + pair.pro.notes + pair.anti.notes where !notes.contains(note) { notes.append(note) }
    return notes.map { "\(place): \($0)" }
  }
}
