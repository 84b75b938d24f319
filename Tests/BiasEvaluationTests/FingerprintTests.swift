import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct FingerprintTests {
  static func fingerprint(
    _ data: SmallBenchmarkData, limit: Int? = nil, tokenizer: String = "t", weights: String = "w",
    precision: String = "fp32"
  ) throws -> Fingerprint {
    Fingerprint(
      try CrowsPairsBenchmark(DataFile(CrowsPairsBenchmark.files[0], in: data.path)), limit: limit,
      tokenizer: tokenizer, model: StandInModel(weights: weights, precision: precision).identity)
  }

  @Test func `scores of different weights compare; all else must be equal`() throws {
    let data = try SmallBenchmarkData()
    let one = try Self.fingerprint(data)
    let other = try Self.fingerprint(data, weights: "v")
    #expect(one.comparison == other.comparison && one.key != other.key)
    for changed in [
      try Self.fingerprint(data, limit: 2), try Self.fingerprint(data, tokenizer: "u"),
      try Self.fingerprint(data, precision: "bf16"),
    ] {
      #expect(one.comparison != changed.comparison && one.key != changed.key)
    }
  }

  @Test func `a changed byte of the data is another fingerprint`() throws {
    let header = "sent_more,sent_less,stereo_antistereo,bias_type\n"
    let hashes = try ["a,b,stereo,age\n", "a,c,stereo,age\n"].map { row in
      Fingerprint(
        try CrowsPairsBenchmark(file(header + row)), limit: nil, tokenizer: "t", model: StandInModel().identity
      ).comparison
    }
    #expect(hashes[0] != hashes[1])
  }

  @Test func `hashes are sixty-four digits, and stay what they were`() throws {
    let fingerprint = Fingerprint(
      try CrowsPairsBenchmark(file("sent_more,sent_less,stereo_antistereo,bias_type\na,b,stereo,age\n")), limit: nil,
      tokenizer: "t", model: StandInModel().identity)
    #expect(fingerprint.comparison.utf8.count == 64 && fingerprint.key.utf8.count == 64)
    #expect(fingerprint == fingerprint && fingerprint.key == fingerprint.key)
  }
}
