import Glibc
import Testing

@testable import Corpus

/// What a sample must contain for the rest of the house to be tried on it.
@Suite struct SamplePileFeatureTests {
  /// Finds in C, since a debug build takes minutes: `text` has no NUL.
  static func contains(_ text: [CChar], _ needle: String) -> Bool { strstr(text, needle) != nil }

  static let pronouns = [
    "he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs",
  ]

  static let positions: [String] =
    pronouns.map { " \($0) " }
    + [". He ", ". She ", ". His ", ". Her ", "\nHe ", "\nShe ", "\nhis ", "\nher ", "\nhimself", "\nherself"]
    + [",", ".", ";", ":", "?", "!", ")", "\"", "”", "’", "—", "…", "...", "--", "/", "*", "_", "]", ">"].map {
      " him\($0)"
    }
    + [" his.", " his,", " his;", " hers.", " hers,", " hers;", " hers?", " his?"]
    + [
      "(he", "(his", "(she", "_he_", "_his_", "_He_", "_She_", "“He", "“She", "\"He", "\"She", "'He", "'She", "‘He",
      "‘She",
    ]
    + [
      "‘he", "'he", "—he", "--she", "–he", "He's", "He’s", "She's", "She’s", "he'd", "he’d", "she'll", "she’ll",
      "he'll",
    ]
    + [" HE ", " SHE ", " HIM", " HER", "HIS", "HIMSELF", "HERSELF", "HE SAID NO"]
    + ["s/he", "(s)he", "he/she", "his or her", "his/her", "him & her", "him or her", "he or she", "he-man", "he he"]

  static let guards = [
    "He–Ne", "He-4", "³He", "HIS-tag", "bundle of His", "him@example.com", "example.org/his", "@his", "self.his_name",
    "his = 3", "hin und her", "Hun er her", "hehe", "HeLa", "Hezbollah", "whistle", "Hispanic", "He Lian",
    "He (letter)",
  ]

  static let languages = [
    "The future of the", "pêche", "Häfen", "puertos", "Havnenes", "Satamien", "Будущее", "μέλλον", "港口的未来", "港の未来",
    "הנמלים", "الموانئ",
  ]

  static let genres = [
    "\n     ", "Plaintiff-Appellant", "\n 9    ", "\n25    ", "Subject: ", "\n> ", "-----Original Message-----", "] <",
    "has joined #", "\n== ", "\n* ", "def ", "#include <", "function (", "public class ", "#!/bin/sh", "pub fn ",
    "\tif (",
    "https://example.org/", "\nA:\n", "Solve ", "BACKGROUND", "P < 0.05", "claimed is", "\\begin{equation}", "♪",
    "<SPEAKER ID=", "======\n", "[Music]", "\nReferences\n", "DESCRIPTION (provided by applicant)", "CHAPTER", "Yours",
  ]

  static let oddities = [
    "\r\n", "\t", "\u{C}", "e\u{301}", "caf\u{e9}", "\u{200D}🔧", "\u{200B}", "\u{A0}", "\u{2009}", "\u{202F}",
    "\u{3000}",
    "\u{FFFD}", "\u{E000}", "𝐡𝐞", "𓂀", "\u{7}", "\u{1B}[", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}",
    "\u{AD}",
    "\u{202E}", "<|endoftext|>", "<|padding|>", "â\u{80}\u{99}", "\u{FFFF}", "\u{10FFFD}", "🇩🇰", "he\u{301}",
  ]

  @Test(arguments: [positions, guards, languages, genres, oddities])
  func everyThousandHasEveryFeature(features: [String]) {
    for (seed, text) in SampleFixture.strings {
      for feature in features {
        #expect(Self.contains(text, feature), "seed \(seed) lacks \(feature.debugDescription)")
      }
    }
  }

  @Test func everyThousandHasNULs() {
    for documents in SampleFixture.thousands.values { #expect(documents.contains { $0.text.contains(0) }) }
  }

  @Test func everyThousandHasRunsOfOneToSixtySpaces() {
    for documents in SampleFixture.thousands.values {
      let text = documents.first { $0.text.starts(with: Array("0 ".utf8)) && !$0.text.contains(0x0A) }?.text ?? []
      var lengths: Set<Int> = []
      var length = 0
      for byte in text {
        if byte != 0x20 { lengths.insert(length) }
        length = byte == 0x20 ? length + 1 : 0
      }
      #expect(lengths.isSuperset(of: 1...60))
    }
  }
}

/// The figures that the documentation of SamplePile states.
@Suite struct SamplePileFigureTests {
  struct Counts {
    var words = 0
    var masculine = 0
    var feminine = 0
    var share: Double { 100 * Double(masculine + feminine) / Double(max(1, words)) }
  }

  static func count(_ documents: [SamplePile.Document]) -> Counts {
    var counts = Counts()
    for document in documents where document.text.count < 20_000 {
      for word in document.text.split(whereSeparator: { !(0x61...0x7A ~= $0 | 0x20) && $0 < 0x80 }) {
        counts.words += 1
        switch String(decoding: word.map { $0 | 0x20 }, as: UTF8.self) {
        case "he", "him", "his", "himself": counts.masculine += 1
        case "she", "her", "hers", "herself": counts.feminine += 1
        default: break
        }
      }
    }
    return counts
  }

  @Test func booksAreFullOfPronounsAndCodeIsNot() {
    let documents = SampleFixture.thousands[1]!
    for subset in [SamplePile.Subset.books3, .bookCorpus2, .gutenberg] {
      #expect((4...12).contains(Self.count(documents.filter { $0.subset == subset }).share))
    }
    #expect(Self.count(documents.filter { $0.subset == .github }).share < 3)
  }

  @Test func heAndSheAreBothFrequent() {
    for documents in SampleFixture.thousands.values {
      let counts = Self.count(Array(documents[..<250]))
      #expect((0.5...0.7).contains(Double(counts.masculine) / Double(counts.masculine + counts.feminine)))
      #expect((3...8).contains(counts.share))
    }
  }

  @Test func occupationsHaveTheSharesOfTheirTable() {
    var random = SamplePile.Random(key: 1)
    var drawn = Array(repeating: [0, 0, 0], count: SamplePile.occupations.count)
    for _ in 0..<60_000 {
      let (occupation, gender) = SamplePile.Person.drawOccupation(&random)
      drawn[occupation][gender.rawValue] += 1
    }
    for (occupation, counts) in zip(SamplePile.occupations, drawn) {
      let all = counts.reduce(0, +)
      #expect((800...1200).contains(all))
      #expect(abs(100 * counts[0] / all - occupation.men) <= 6 && abs(100 * counts[1] / all - occupation.women) <= 6)
    }
  }

  /// ", a nurse from Saltby, said on Monday that she": the text leans as the table does.
  @Test func pronounsFollowOccupations() {
    var agreeing = 0
    var disagreeing = 0
    let news = SampleFixture.thousands.values.joined().filter { $0.subset == .openWebText2 && $0.text.count < 20_000 }
    for sentence in news.flatMap({ $0.text.split(separator: 0x2E) }) {
      let words = sentence.split { $0 == 0x20 || $0 == 0x2C || $0 == 0x0A }.map { String(decoding: $0, as: UTF8.self) }
      guard let place = words.firstIndex(of: "from"), place >= 2, ["a", "an"].contains(words[place - 2]) else {
        continue
      }
      guard let job = SamplePile.occupations.first(where: { $0.name == words[place - 1] }) else { continue }
      guard let pronoun = words[place...].first(where: { $0 == "he" || $0 == "she" }) else { continue }
      if (job.women > job.men) == (pronoun == "she") { agreeing += 1 } else { disagreeing += 1 }
    }
    #expect(agreeing >= 10 && agreeing > 2 * disagreeing)
  }
}
