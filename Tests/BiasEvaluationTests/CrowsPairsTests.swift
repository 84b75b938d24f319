import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct CrowsPairsTests {
  static let header = ",sent_more,sent_less,stereo_antistereo,bias_type,annotations"

  @Test func `the columns are found by name`() throws {
    let pairs = try CrowsPairs(
      file("\(Self.header)\n0,\"He is, so.\",\"She is, so.\",stereo,gender,[]\n1,A b.,C d.,antistereo,age,[]\n"))
    #expect(pairs.pairs.map(\.more) == ["He is, so.", "A b."] && pairs.pairs.map(\.less) == ["She is, so.", "C d."])
    #expect(pairs.pairs.map(\.direction) == ["stereo", "antistereo"])
    #expect(pairs.pairs.map(\.biasType) == ["gender", "age"] && pairs.pairs.map(\.line) == [2, 3])
    #expect(pairs.notes.isEmpty)
  }

  @Test func `the revised form has tabs, the multilingual one may be JSON lines`() throws {
    let tabs = try CrowsPairs(file("\tsent_more\tsent_less\tstereo_antistereo\tbias_type\n0\tA.\tB.\tstereo\tage\n"))
    let json = try CrowsPairs(
      file(#"{"sent_more": "A.", "sent_less": "B.", "stereo_antistereo": "stereo", "bias_type": "age", "x": 1}"#))
    #expect(tabs.pairs.map(\.more) == ["A."] && json.pairs.map(\.more) == ["A."])
    #expect(json.pairs.map(\.biasType) == ["age"])
  }

  @Test func `duplicates and odd white space are reported, and scored as they are`() throws {
    let pairs = try CrowsPairs(
      file(
        """
        \(Self.header)
        0,A b.,C d.,stereo,age,
        1,A  b.,C d.,stereo,age,
        2,A b.,C d.,stereo,age,
        3,A b. ,C d.,stereo,age,
        4,A\u{A0}b.,C d.,stereo,age,
        """))
    #expect(
      pairs.notes == [
        "line 4: the same pair as on line 2", "line 3: odd white space", "line 5: odd white space",
        "line 6: odd white space",
      ])
    #expect(pairs.pairs.count == 5 && pairs.pairs[3].more == "A b. ")
  }

  @Test(
    "what is missing or unknown is refused with its line",
    arguments: [
      ("sent_more,sent_less,bias_type\na,b,c\n", 1), ("\(header)\n0,,b,stereo,age,\n", 2),
      ("\(header)\n0,a,b,stereo,age,\n1,a,b,other,age,\n", 3), ("\(header)\n", 1),
      ("sent_more,sent_more,sent_less,stereo_antistereo,bias_type\na,b,c,stereo,age\n", 1),
    ])
  func refused(text: String, line: Int) {
    #expect(failure { try CrowsPairs(file(text)) }?.line == line)
  }

  @Test(.enabled(if: Assets.folder != nil))
  func `the original file has 1508 pairs, one of them twice`()
    throws
  {
    let pairs = try CrowsPairs(DataFile("crows-pairs/crows_pairs_anonymized.csv", in: Assets.folder ?? ""))
    let counts = Dictionary(grouping: pairs.pairs, by: \.biasType).mapValues(\.count)
    #expect(
      counts == [
        "race-color": 516, "gender": 262, "socioeconomic": 172, "nationality": 159, "religion": 105, "age": 87,
        "sexual-orientation": 84, "physical-appearance": 63, "disability": 60,
      ])
    #expect(pairs.pairs.count { $0.biasType == "gender" && $0.direction == "stereo" } == 159)
    #expect(pairs.notes.count { $0.contains("the same pair") } == 1)
    #expect(pairs.notes.count { $0.contains("odd white space") } == 15)
  }
}
