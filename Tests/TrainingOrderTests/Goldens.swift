import Foundation
import TestSupport
import TrainingOrder

/// The vectors made by GPT-NeoX's own code.
enum Goldens {
  static let folder = Assets.golden.map { $0 + "/neox" }
  static let isThere = folder != nil

  struct Parameters: Decodable {
    struct Case: Decodable {
      let seq: Int
      let seed: UInt32
      let iters: Int
      let ei: Int
      let en: Int
      let mode: String
      let weights: [Double]?
      let split: String?
      let replay: Bool?
    }
    let `case`: Case
    let rows_per_step: Int
    let prefixes: [String]
  }

  static let cases = [
    "blend_3", "exact_boundary", "mixed_1epoch", "mixed_gas2_dp2", "one_token_docs", "preshuffled_replay",
    "split_969_30_1", "zero_length_items",
  ]

  static func path(_ name: String, _ naming: IndexMapNaming) -> String {
    "\(folder!)/\(name)/\(naming == .v1 ? "v1.0" : "main")"
  }

  static func parameters(_ path: String) throws -> Parameters {
    try JSONDecoder().decode(Parameters.self, from: Data(contentsOf: URL(filePath: path + "/params.json")))
  }

  static func run(_ parameters: Parameters) throws -> TrainingRun {
    let numbers = parameters.case
    return try TrainingRun(
      trainIterations: numbers.iters, batchSize: parameters.rows_per_step, sequenceLength: numbers.seq,
      seed: numbers.seed, evalInterval: numbers.ei, evalIterations: numbers.en)
  }
}

func contents(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }
