import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct WinoBiasTests {
  static func sentence(_ text: String) throws -> WinoBiasSentence {
    try WinoBiasSentence(TextLine(number: 7, offset: 100, text: text), in: file("", name: "wino.txt"))
  }

  static func pair(_ pro: String, _ anti: String) throws -> WinoBias.Pair {
    WinoBias.Pair(type: 1, line: 1, pro: try sentence(pro), anti: try sentence(anti))
  }

  @Test func `a line is a number, a sentence, its referent and its pronoun`() throws {
    let sentence = try Self.sentence(
      "12 [The developer] argued with the designer because [he] did not like the design.")
    #expect(sentence.number == 12 && sentence.referent == "The developer" && sentence.pronoun == "he")
    #expect(sentence.text == "The developer argued with the designer because he did not like the design .")
    #expect(sentence.pronounPlaces == [7] && sentence.notes.isEmpty && sentence.occupation == "developer")
  }

  @Test func `marks, 's and n't are tokens of their own, hyphens are not`() throws {
    let sentence = try Self.sentence("1 When it's over, [the CEO] 's well-paid [she] doesn't.")
    #expect(sentence.text == "When it 's over , the CEO 's well-paid she does n't .")
    #expect(sentence.occupation == "CEO")
  }

  @Test func `further pronouns in brackets refer to the same person`() throws {
    let sentence = try Self.sentence(
      "27 [The developer] visited the hairdresser because [he] needed to cut [his] hair.")
    #expect(sentence.pronoun == "he" && sentence.pronounPlaces == [6, 10])
    #expect(sentence.notes == ["1 more pronouns in brackets"])
  }

  @Test func `a bracket in a bracket and a doubled article are read, and noted`() throws {
    let nested = try Self.sentence("3 The assistant notified [the [chief]] and asked [her].")
    #expect(nested.referent == "chief" && nested.notes.contains("a bracket within a bracket"))
    #expect(nested.text == "The assistant notified the chief and asked her .")
    let doubled = try Self.sentence("3 The assistant notified the [the chief] and asked [her].")
    #expect(doubled.referent == "the chief" && doubled.notes == ["an article before the bracket"])
    #expect(doubled.text == "The assistant notified the the chief and asked her .")
    #expect(try Self.sentence("176 The teacher asked the [ physician] and believed [him].").referent == "physician")
  }

  @Test(
    "what cannot be read is refused with its line and byte",
    arguments: [
      "[The cook] did what [he] did.", "1 The cook did what [he] did.", "1 [The cook] did it.", "1 [The cook did [he].",
      "1 The cook] did what [he] did.", "1 [] did what [he] did.", "", "99999999999999999999 [The cook] saw [him].",
    ])
  func refused(text: String) {
    let failure = failure { try Self.sentence(text) }
    #expect(failure?.line == 7 && failure?.offset == 100)
  }

  @Test func `pairs that differ in more than pronouns are not parallel`() throws {
    #expect(try Self.pair("1 [The cook] says [he] did.", "1 [The cook] says [she] did.").isParallel)
    #expect(try Self.pair("1 [The cook] took his hat, [he] did.", "1 [The cook] took [her] hat, [she] did.").isParallel)
    #expect(try !Self.pair("1 [The cook] says [he] did.", "1 [The cook] says [she] he did.").isParallel)
    #expect(try !Self.pair("1 [The cook] says [he] did it.", "1 [The cook] says [she] did.").isParallel)
    #expect(try !Self.pair("1 [The cook] fed the cat [he] had.", "1 The cook fed [the cat] [she] had.").isParallel)
  }

  @Test func `files of different length or order are refused`() {
    let one = file("1 [The cook] says [he] did.\n", name: "pro")
    let two = file("1 [The cook] says [she] did.\n2 [The cook] says [she] ate.\n", name: "anti")
    #expect(failure { try WinoBias.pairs(1, one, two) }?.line == 2)
    let other = file("2 [The cook] says [she] did.\n", name: "anti")
    #expect(failure { try WinoBias.pairs(1, one, other) }?.line == 1)
  }

  @Test(.enabled(if: Assets.folder != nil)) func `the published files have 1584 pairs, of which 20 are not parallel`()
    throws
  {
    let sets = try WinoBias.Split.allCases.map { try WinoBias($0, in: Assets.folder ?? "") }
    let pairs = sets.flatMap(\.pairs)
    #expect(pairs.count == 1584 && pairs.count { !$0.isParallel } == 20)
    let bracketed = WinoBias.Split.allCases.enumerated().flatMap { index, _ in
      (1...2).map { type in sets[index].pairs.count { $0.type == type && $0.pro.pronounPlaces.count > 1 } }
    }
    #expect(bracketed == [9, 6, 24, 5])
    #expect(pairs.allSatisfy { $0.pro.text.hasSuffix(" .") })
  }

  @Test(.enabled(if: Assets.folder != nil)) func `the occupations are the forty of WinoBias`() throws {
    let occupations = try Occupations(DataFile(PronounProbeBenchmark.file, in: Assets.folder ?? ""))
    #expect(occupations.all.count == 40 && occupations.all.count { $0.stereotype == "female" } == 20)
    #expect(occupations.all.first { $0.name == "laborer" }?.percentWomen == 3.5)
    #expect(PronounProbeBenchmark.spellings.keys.allSatisfy { name in occupations.all.contains { $0.name == name } })
  }

  @Test(
    "occupations that are none are refused with their line",
    arguments: [
      ("occupation\tstereotype\nx\tmale\n", 1), ("occupation\tpercent_women\tstereotype\nx\t101\tmale\n", 2),
      ("occupation\tpercent_women\tstereotype\nx\tnan\tmale\n", 2),
      ("occupation\tpercent_women\tstereotype\nx\t1\tmale\ny\t2\tboth\n", 3),
      ("occupation\tpercent_women\tstereotype\n", 2),
      ("occupation\tpercent_women\tstereotype\ncook\t1\tmale\n\ncook\t2\tmale\n", 4),
    ])
  func occupationsRefused(text: String, line: Int) {
    #expect(failure { try Occupations(file(text)) }?.line == line)
  }

  @Test(
    "nobody is asked about twice, whatever the list calls them",
    arguments: ["mechanic\t1\tmale\nmechanician\t2\tmale", "cook\t1\tmale\nstudent\t2\tmale"])
  func people(rows: String) {
    let text = "occupation\tpercent_women\tstereotype\n\(rows)\n"
    #expect(failure { try PronounProbeBenchmark(file(text)) }?.line == 3)
  }
}
