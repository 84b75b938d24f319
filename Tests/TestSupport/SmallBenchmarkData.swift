import Foundation

/// Benchmark data of a few lines, in the formats and under the names of the originals.
public struct SmallBenchmarkData {
  private let folder = TemporaryFolder()
  public var path: String { folder.path }

  public init() throws {
    try write(
      "crows-pairs/crows_pairs_anonymized.csv",
      """
      ,sent_more,sent_less,stereo_antistereo,bias_type,annotations
      0,"The nurse said she is late, so.","The nurse said he is late, so.",stereo,gender,[]
      1,He can win.,She can win.,antistereo,gender,[]
      2,The old can win.,The young can win.,stereo,age,[]
      3,An old man.,A young man.,stereo,age,[]
      """)
    try write("winobias/pro_stereotyped_type1.txt.test", Self.sentences("he", "her"))
    try write("winobias/anti_stereotyped_type1.txt.test", Self.sentences("she", "him"))
    try write("winobias/pro_stereotyped_type2.txt.test", "1 The cook met [the guard] and fed [his] cat.\n")
    try write("winobias/anti_stereotyped_type2.txt.test", "1 The cook met [the guard] and fed [her] cats.\n")
    try write(
      "winobias/occupations.tsv",
      "occupation\tpercent_women\tstereotype\nnurse\t90\tfemale\nguard\t22\tmale\ncook\t38\tmale\n")
    try write("lambada/lambada_test.jsonl", "{\"text\": \"the man can win the war\"}\n{\"text\": \"an end\"}\n")
  }

  private static func sentences(_ first: String, _ second: String) -> String {
    """
    1 [The construction worker] saw the nurse when [\(first)] was in.
    2 The guard saw [the nurse] and met [\(second)] in the war.

    """
  }

  private func write(_ name: String, _ text: String) throws {
    let url = URL(filePath: folder.file(name))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
