import ByteIO
import Foundation
import StructuredText
import TestSupport

@testable import Reports

/// `Tests/Results`: a few results in every form, with made-up numbers.
enum SmallResults {
  static let folder = Assets.root + "/Tests/Results"
  static let paths: [String] = {
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
  }()

  static func read() throws -> ResultFiles { try ResultFiles([folder]) }
  static func analysis(allowMixed: Bool = false) throws -> Analysis { try Analysis(read(), allowMixed: allowMixed) }
}

/// Results of two arms in the form of `tiresias evaluate`, with their items.
struct ScoredArms {
  let folder = TemporaryFolder()

  /// `margins` are LL(more) − LL(less) of gender pairs, by arm.
  init(_ margins: [(run: String, arm: String, weights: String, margins: [Double])]) throws {
    for (run, arm, weights, margins) in margins { try write(run, arm, weights, margins) }
  }

  /// The same of several seeds.
  init(seeds: [(seed: Int, arm: String, margins: [Double])]) throws {
    for (seed, arm, margins) in seeds { try write("demo", arm, "\(arm) \(seed)", margins, seed: seed) }
  }

  func write(
    _ run: String, _ arm: String, _ weights: String, _ margins: [Double], seed: Int? = nil, precision: String = "null"
  ) throws {
    let items = itemLines(margins)
    let suffix = arm + (seed.map { "-\($0)" } ?? "")
    let name = "items-\(suffix).jsonl"
    try AtomicFile.replace(folder.file(name), with: items)
    let hits = Double(margins.count { $0 > 0 })
    let share = hits / Double(margins.count)
    let results = """
      {"results": {"crows_pairs_original_gender": {"alias": "x", "pct_stereotype,none": \(share)}},
       "configs": {}, "versions": {"crows_pairs_original_gender": 1}, "n-shot": {"crows_pairs_original_gender": 0},
       "n-samples": {"crows_pairs_original_gender": {"original": \(margins.count), "effective": \(margins.count)}},
       "tiresias": {"format": 1, "version": "1", "tokenizer_sha256": "t",
        "model": {"name": "\(run)-\(arm)", "step": 10, "published": null,
         "seed": \(seed.map(String.init) ?? "null"), "weights_sha256": "\(weights)", "stored_type": "F16"},
        "arm": {"run": "\(run)", "arm": "\(arm)", "control": \(arm == "control" ? "null" : "\"control\""), "manifest_sha256": "m"},
        "precision_error": \(precision),
        "benchmarks": [{"name": "crows-pairs", "tasks": ["crows_pairs_original_gender"], "items": \(margins.count),
          "item_file": "\(name)", "item_file_sha256": "\(SHA256.hash(items))", "comparison": "c", "key": "k", "notes": [],
          "fingerprint": \(Self.fingerprint)}]}}
      """
    try AtomicFile.replace(folder.file("results_\(suffix).json"), with: Array(results.utf8))
  }

  private static let fingerprint = """
    {"evaluator": {"name": "tiresias", "revision": 1}, "benchmark": "crows-pairs", "version": 1,
     "data": [{"file": "f", "sha256": "d"}], "settings": {}, "limit": null, "tokenizer_sha256": "t",
     "scorer": {"revision": 1, "precision": "fp32", "library": "oneDNN 3", "instruction_set": "avx2", "kernel": "k"}}
    """

  private func itemLines(_ margins: [Double]) -> [UInt8] {
    let header = "{\"tiresias_items\": 1, \"key\": \"k\", \"comparison\": \"c\", \"fingerprint\": \(Self.fingerprint)}"
      .replacing("\n", with: " ")
    let lines = margins.enumerated().map { index, margin in
      "{\"item\": \"\(index)\", \"cluster\": \"\(index)\", \"paired\": true, \"attributes\": {\"bias_type\": \"gender\","
        + " \"direction\": \"stereo\", \"sent_more\": \"more \(index)\", \"sent_less\": \"less \(index)\"}, \"answers\": [],"
        + " \"values\": {\"pct_stereotype\": \(margin > 0 ? 1 : 0), \"likelihood_diff\": \(abs(margin)),"
        + " \"signed_diff\": \(margin), \"tie\": \(margin == 0 ? 1 : 0)}}"
    }
    return Array(([header] + lines).map { $0 + "\n" }.joined().utf8)
  }
}
