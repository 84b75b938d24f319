extension SamplePile {
  /// How one document writes quotation marks, apostrophes, dashes and ellipses.
  struct Style: Sendable {
    /// By ``Mark``'s raw value.
    let marks: [[UInt8]]

    private init(_ marks: String...) { self.marks = marks.map { Array($0.utf8) } }

    static let typographic = Style("“", "”", "‘", "’", "—", "…")
    static let plain = Style("\"", "\"", "'", "'", " -- ", "...")
    static let british = Style("‘", "’", "“", "’", " – ", "…")
    static let plainBritish = Style("'", "'", "\"", "'", " - ", "...")
    static let mixed = Style("“", "”", "'", "'", " — ", "...")
    static let oldBook = Style("\"", "\"", "'", "'", "--", ". . .")
    static let latex = Style("``", "''", "`", "'", "---", "\\ldots")

    static func choose(for subset: Subset, _ random: inout Random) -> Style {
      let usual: [Style] =
        switch subset {
        case .arXiv, .mathematics: [.latex, .plain]
        case .gutenberg: [.oldBook, .oldBook, .plainBritish, .typographic]
        case .github, .stackExchange, .ubuntuIRC, .hackerNews, .enronEmails, .openSubtitles: [.plain, .plain, .mixed]
        case .freeLaw: [.plain, .typographic]
        case .books3: [.typographic, .typographic, .british, .plainBritish]
        default: [.typographic, .plain, .mixed, .british, .plainBritish]
        }
      return usual[random.below(usual.count)]
    }
  }
}
