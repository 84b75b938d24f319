extension SamplePile {
  /// A context-free grammar in compiled form: symbols, each with productions, each a run of steps.
  ///
  /// The notation, read by ``Notation``:
  ///
  /// ```
  /// = symbol               starts a symbol; each line that follows is one production
  /// | more                 the production goes on, on a new line
  /// {symbol} {a|b|}        expansion; choice in place
  /// {$symbol} {$symbol:2}  an expansion that stays the same throughout the document, one for each number
  /// {%symbol} {%symbol:2}  the same throughout a block: one paragraph, function, chat line
  /// {^x} {!x} {_x}         the expansion of x with a capital first letter, in capitals, in small letters
  /// {an x}                 the expansion of x after "a" or "an"
  /// {#2-40} {#02-59}       a number; with leading zeros
  /// {A} {A.last} {B.job}   the people of the document: see PersonForm
  /// {he} {His} {himself2}  pronouns and gendered words of A, of B, …; {s} {was} {has} agree with them
  /// “ ” ‘ ’ — …            take the document's typographic style
  /// {{ }} \n \t \f \r \s \u{e9}   literal braces, line feed, tab, form feed, return, space, any scalar
  /// \C \B \Q \V            at the start of a line: centre, block, quote, verbatim (see Layout)
  /// ```
  struct Grammar: Sendable {
    enum Casing: UInt8 { case asIs, capital, upper, lower }

    /// How long a remembered choice holds.
    enum Scope {
      case document, block

      init?(_ sign: Character?) {
        switch sign {
        case "$": self = .document
        case "%": self = .block
        default: return nil
        }
      }
    }

    enum Step {
      case literal(start: Int, count: Int)
      case symbol(Int, Casing)
      case memo(Int, UInt64, Scope, Casing)
      case article(Int)
      case number(ClosedRange<Int>, digits: Int)
      case person(role: Int, PersonForm, Casing)
      case mark(Mark)
    }

    struct Symbol {
      let name: String
      /// Bounds of this symbol's productions in ``productions``.
      var productions: Range<Int> = 0..<0
    }

    var literals: [UInt8] = []
    var steps: [Step] = []
    /// Each production's steps.
    var productions: [Range<Int>] = []
    var symbols: [Symbol] = []

    /// The grammar of the sample Pile, compiled once.
    static let pile = compile([
      people, vocabulary, prose, dialogue, oldProse, indieProse, web, news, law, science, patents, mathematics, code,
      questions, chat, mail, wiki, subtitles, philosophy, languages, oddities, spaceLadder, exhibitions,
    ])

    static func compile(_ sources: [String]) -> Grammar {
      var notation = Notation()
      for source in sources { notation.read(source) }
      return notation.finish()
    }

    /// The number of a symbol; nil if no line `= name` defines it. Cost: linear; look up once.
    func index(of name: String) -> Int? { symbols.firstIndex { $0.name == name } }
  }

  /// Characters that each document writes in its own style.
  enum Mark: Int, CaseIterable {
    case openQuote, closeQuote, openInnerQuote, apostrophe, dash, ellipsis

    init?(_ character: Unicode.Scalar) {
      switch character {
      case "“": self = .openQuote
      case "”": self = .closeQuote
      case "‘": self = .openInnerQuote
      case "’": self = .apostrophe
      case "—": self = .dash
      case "…": self = .ellipsis
      default: return nil
      }
    }
  }
}
