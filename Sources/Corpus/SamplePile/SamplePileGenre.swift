extension SamplePile {
  /// A kind of document: what it begins with, what it goes on with until it is long enough, how it ends, how it is set.
  struct Genre {
    var head: Int?
    let body: Int
    var tail: Int?
    var layout = Layout.flowing
    /// Per cent of blocks before which A, B, C and D become other people of the cast.
    var recast = 0
    var separator: [UInt8] = [0x0A, 0x0A]

    /// Looks for `NAME.head`, `NAME.body` and `NAME.tail`; a head and a tail may be missing.
    init(_ name: String, layout: Layout = .flowing, recast: Int = 0, separator: String = "\n\n") {
      let grammar = Grammar.pile
      head = grammar.index(of: name + ".head")
      body = grammar.number(of: name + ".body")
      tail = grammar.index(of: name + ".tail")
      self.layout = layout
      self.recast = recast
      self.separator = Array(separator.utf8)
    }

    private init(body: Int) { self.body = body }

    /// A document that is one expansion of a symbol and nothing else.
    static func oddity(_ symbol: Int) -> Genre {
      var genre = Genre(body: symbol)
      genre.separator = []
      return genre
    }

    static let catalogue: [Subset: [Genre]] = Dictionary(
      uniqueKeysWithValues: Subset.allCases.map { ($0, genres(of: $0)) })

    private static func genres(of subset: Subset) -> [Genre] {
      switch subset {
      case .pileCC:
        [
          Genre("blog", recast: 10), Genre("story", recast: 20), Genre("review"), Genre("recipe"),
          Genre("forum", recast: 60),
          Genre("notice", separator: "\n"), Genre("news", recast: 5), Genre("profile"),
        ]
      case .openWebText2:
        [Genre("news", recast: 5), Genre("profile"), Genre("blog", recast: 10), Genre("news", recast: 5)]
      case .pubMedCentral: [Genre("paper"), Genre("paper"), Genre("case")]
      case .pubMedAbstracts: [Genre("abstract", separator: " ")]
      case .books3:
        [Genre("novel", recast: 25, separator: "\n"), Genre("novel", recast: 25), Genre("memoir", recast: 15)]
      case .bookCorpus2: [Genre("indie", recast: 25, separator: "\n\n")]
      case .gutenberg:
        [Genre("old", layout: .book, recast: 25), Genre("old", layout: .indentedBook, recast: 25, separator: "\n")]
      case .arXiv: [Genre("arxiv")]
      case .github:
        [
          Genre("python"), Genre("clang"), Genre("javascript"), Genre("java"), Genre("shell", separator: "\n"),
          Genre("rust"),
          Genre("swift"), Genre("makefile"), Genre("readme"), Genre("table", separator: "\n"),
          Genre("html", separator: "\n"),
        ]
      case .freeLaw:
        [
          Genre("court", layout: .court, recast: 5), Genre("court", layout: .court, recast: 5), Genre("opinion"),
          Genre("transcript", layout: .transcript, separator: "\n"),
        ]
      case .stackExchange: [Genre("question", recast: 50)]
      case .uspto: [Genre("patent")]
      case .openSubtitles: [Genre("film", recast: 10, separator: "\n")]
      case .wikipedia:
        [
          Genre("person"), Genre("person"), Genre("person"), Genre("place"), Genre("place"), Genre("topic"),
          Genre("page"),
        ]
      case .mathematics: [Genre("sums", recast: 60, separator: "\n")]
      case .ubuntuIRC: [Genre("irc", recast: 40, separator: "\n")]
      case .euroParl:
        [
          "english", "french", "german", "spanish", "danish", "finnish", "russian", "greek", "chinese", "japanese",
          "hebrew", "arabic",
        ]
        .map { Genre("parliament." + $0, separator: "\n") }
      case .hackerNews: [Genre("hackernews", recast: 60)]
      case .youtubeSubtitles:
        [Genre("video", recast: 10, separator: "\n"), Genre("captions", recast: 10, separator: "\n")]
      case .philPapers: [Genre("essay", recast: 20)]
      case .nihExPorter: [Genre("grant", separator: " ")]
      case .enronEmails: [Genre("mail", layout: .mail), Genre("mail", layout: .longLines)]
      }
    }
  }
}

extension SamplePile.Grammar {
  /// The number of a symbol that the program itself names.
  func number(of name: String) -> Int {
    guard let index = index(of: name) else { preconditionFailure("the sample grammar does not define {\(name)}") }
    return index
  }
}
