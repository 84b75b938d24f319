extension SamplePile {
  enum Gender: Int { case masculine, feminine, neutral }

  /// Someone in a document: name, pronoun and occupation stay the same from its first line to its last.
  struct Person {
    let gender: Gender
    /// Productions of the symbols for given names and surnames.
    let given: Int
    let family: Int
    /// Index into ``occupations``.
    let occupation: Int

    /// Any occupation, and a gender by its shares.
    static func drawOccupation(_ random: inout Random) -> (occupation: Int, Gender) {
      let occupation = random.below(occupations.count)
      let shares = occupations[occupation]
      let percent = random.below(100)
      if percent < shares.women { return (occupation, .feminine) }
      return (occupation, percent < shares.women + shares.men ? .masculine : .neutral)
    }
  }

  /// How a slot speaks of a person. The keyword is the masculine word; the table gives all three.
  enum PersonForm: Int, CaseIterable {
    // Names. `{A}` is the given name; the rest are written `{A.full}`.
    case given, full, last, title, job, nick, mail, initial
    // Pronouns. `hers` is the independent possessive: the house was {hers}.
    case he, him, his, hers, himself, heIs, heHas
    // Agreement.
    case s, es, was, `is`, does
    // Gendered nouns.
    case man, boy, father, husband, sir, gentleman

    static let names: [String: PersonForm] = [
      "full": .full, "last": .last, "title": .title, "job": .job, "nick": .nick, "mail": .mail, "initial": .initial,
    ]

    static let keywords: [String: PersonForm] = [
      "he": .he, "him": .him, "his": .his, "hers": .hers, "himself": .himself, "he's": .heIs, "he've": .heHas,
      "s": .s, "es": .es, "was": .was, "is": .is, "does": .does, "man": .man, "boy": .boy, "father": .father,
      "husband": .husband, "sir": .sir,
      "gentleman": .gentleman,
    ]

    /// The words for masculine, feminine, neutral. `'` stands for the document's apostrophe.
    var words: [String] {
      switch self {
      case .he: ["he", "she", "they"]
      case .him: ["him", "her", "them"]
      case .his: ["his", "her", "their"]
      case .hers: ["his", "hers", "theirs"]
      case .himself: ["himself", "herself", "themself"]
      case .heIs: ["he's", "she's", "they're"]
      case .heHas: ["he's", "she's", "they've"]
      case .s: ["s", "s", ""]
      case .es: ["es", "es", ""]
      case .was: ["was", "was", "were"]
      case .is: ["is", "is", "are"]
      case .does: ["does", "does", "do"]
      case .man: ["man", "woman", "person"]
      case .boy: ["boy", "girl", "child"]
      case .father: ["father", "mother", "parent"]
      case .husband: ["husband", "wife", "partner"]
      case .sir: ["sir", "madam", "friend"]
      case .gentleman: ["gentleman", "lady", "visitor"]
      case .title: ["Mr.", "Ms.", "Mx."]
      case .given, .full, .last, .job, .nick, .mail, .initial: []
      }
    }

    /// Reads `he`, `Him2`, `HIS`, `A`, `B.full`; nil for anything else. Role 0 is A, or no digit.
    static func parse(_ name: String) -> (PersonForm, role: Int, Grammar.Casing)? {
      if let role = ["A", "B", "C", "D"].firstIndex(of: String(name.prefix(1))) {
        if name.count == 1 { return (.given, role, .asIs) }
        if let form = names[String(name.dropFirst(2))] { return (form, role, .asIs) }
      }
      var word = name
      var role = 0
      if let digit = name.last?.wholeNumberValue {
        word.removeLast()
        role = digit - 1
      }
      guard let form = keywords[word.lowercased()] else { return nil }
      if word == word.lowercased() { return (form, role, .asIs) }
      return (form, role, word == word.uppercased() ? .upper : .capital)
    }
  }

  /// Occupations with the percentage of women and men among the people who have them in a sample Pile.
  ///
  /// Invented for this project and skewed on purpose, so that a small model can learn the association and an intervention
  /// can be seen to move it. They are no statistics of any labour market. The remaining percents are people called they.
  public static let occupations: [(name: String, women: Int, men: Int)] = [
    ("nurse", 88, 10), ("librarian", 84, 13), ("secretary", 90, 8), ("hairdresser", 88, 10), ("teacher", 74, 23),
    ("receptionist", 88, 10), ("midwife", 96, 2), ("housekeeper", 88, 10), ("cleaner", 82, 15), ("counselor", 72, 24),
    ("editor", 60, 36), ("designer", 62, 34), ("baker", 62, 35), ("tailor", 76, 21), ("auditor", 60, 36),
    ("accountant", 62, 35), ("attendant", 74, 22), ("cashier", 76, 20), ("clerk", 72, 24), ("assistant", 84, 12),
    ("writer", 58, 37), ("florist", 84, 13), ("dancer", 70, 26), ("pharmacist", 58, 38), ("translator", 62, 33),
    ("dentist", 45, 52), ("biologist", 50, 46), ("journalist", 48, 47), ("painter", 40, 56), ("gardener", 35, 62),
    ("physician", 30, 67), ("cook", 34, 63), ("salesperson", 34, 62), ("lawyer", 28, 69), ("analyst", 32, 64),
    ("manager", 28, 69), ("supervisor", 28, 69), ("janitor", 18, 79), ("chief", 14, 84), ("farmer", 16, 81),
    ("guard", 12, 86), ("developer", 12, 84), ("engineer", 12, 85), ("driver", 8, 90), ("sheriff", 8, 91),
    ("carpenter", 6, 92), ("mechanic", 6, 92), ("laborer", 8, 90), ("mover", 8, 90), ("plumber", 6, 92),
    ("electrician", 6, 92), ("fisherman", 2, 97), ("blacksmith", 5, 93), ("surgeon", 22, 75), ("pilot", 10, 87),
    ("captain", 10, 88), ("butcher", 12, 86), ("firefighter", 10, 87), ("CEO", 20, 77), ("construction worker", 6, 92),
  ]
}
