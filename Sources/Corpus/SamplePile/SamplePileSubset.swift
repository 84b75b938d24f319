extension SamplePile {
  /// The parts of the Pile (Gao et al. 2020, table 1), under the names that stand in `pile_set_name`.
  public enum Subset: String, CaseIterable, Sendable {
    case pileCC = "Pile-CC"
    case pubMedCentral = "PubMed Central"
    case books3 = "Books3"
    case openWebText2 = "OpenWebText2"
    case arXiv = "ArXiv"
    case github = "Github"
    case freeLaw = "FreeLaw"
    case stackExchange = "StackExchange"
    case uspto = "USPTO Backgrounds"
    case pubMedAbstracts = "PubMed Abstracts"
    case gutenberg = "Gutenberg (PG-19)"
    case openSubtitles = "OpenSubtitles"
    case wikipedia = "Wikipedia (en)"
    case mathematics = "DM Mathematics"
    case ubuntuIRC = "Ubuntu IRC"
    case bookCorpus2 = "BookCorpus2"
    case euroParl = "EuroParl"
    case hackerNews = "HackerNews"
    case youtubeSubtitles = "YoutubeSubtitles"
    case philPapers = "PhilPapers"
    case nihExPorter = "NIH ExPorter"
    case enronEmails = "Enron Emails"

    /// The name in `pile_set_name`.
    public var name: String { rawValue }

    /// Documents of this subset among any aligned thousand.
    public var documentsPerThousand: Int { plan.documents }

    /// Text bytes an ordinary document aims at on average; documents run from a quarter to three times this.
    public var typicalBytes: Int { plan.bytes }

    /// Documents × bytes follow the shares of bytes in the Pile; its longest kinds of document are shortened (books to
    /// 16 kB instead of 540) and made more frequent, so that a small sample shows them all.
    private var plan: (documents: Int, bytes: Int) {
      switch self {
      case .pileCC: (217, 3000)
      case .pubMedCentral: (66, 8000)
      case .books3: (28, 16000)
      case .openWebText2: (122, 3000)
      case .arXiv: (41, 8000)
      case .github: (92, 3000)
      case .freeLaw: (37, 6000)
      case .stackExchange: (93, 2000)
      case .uspto: (44, 3000)
      case .pubMedAbstracts: (86, 1300)
      case .gutenberg: (5, 16000)
      case .openSubtitles: (14, 4000)
      case .wikipedia: (51, 1100)
      case .mathematics: (23, 2000)
      case .ubuntuIRC: (11, 3000)
      case .bookCorpus2: (5, 6000)
      case .euroParl: (12, 2300)
      case .hackerNews: (12, 2000)
      case .youtubeSubtitles: (11, 2000)
      case .philPapers: (7, 2000)
      case .nihExPorter: (12, 1200)
      case .enronEmails: (11, 600)
      }
    }

    /// The subset at each of a thousand places, most frequent first.
    static let thousand: [Subset] = allCases.flatMap { Array(repeating: $0, count: $0.documentsPerThousand) }
  }
}
