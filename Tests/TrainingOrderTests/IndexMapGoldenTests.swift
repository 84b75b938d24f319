import Foundation
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

/// Every file that GPT-NeoX wrote is written again and compared byte for byte, every batch it read is read again.
@Suite(.enabled(if: Goldens.isThere))
struct IndexMapGoldenTests {
  static let all = Goldens.cases.flatMap { name in IndexMapNaming.allCases.map { (name, $0) } }

  @Test(arguments: all)
  func mapsAreTheSameBytes(name: String, naming: IndexMapNaming) throws {
    let path = Goldens.path(name, naming)
    let parameters = try Goldens.parameters(path)
    let scratch = TemporaryFolder()
    var written: Set<String> = []
    for part in RunPart.allCases {
      // The replayed case brings training maps made by hand.
      if parameters.case.replay == true && part == .train { continue }
      for names in try self.names(parameters, part, in: scratch.path, naming) {
        guard let documents = try documents(parameters, part, path, names) else { continue }
        let dataset = try TokenDataset(prefix: path + "/" + lastPart(names.prefix))
        let plan = try IndexMapPlan(
          dataset, documents: documents, samples: names.samples, sequenceLength: names.sequenceLength,
          seed: names.seed)
        try IndexMaps.write(plan, dataset, to: names)
        written.formUnion(names.all.map(lastPart))
      }
    }
    for file in written {
      #expect(try contents(scratch.file(file)) == contents(path + "/" + file), "\(file)")
    }
    let expected = try FileManager.default.contentsOfDirectory(atPath: path).filter {
      $0.contains("_indexmap_") && !(parameters.case.replay == true && $0.contains("_train_"))
    }
    #expect(written == Set(expected), "no map too many or too few")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test(arguments: all)
  func batchesAreWhatTheTrainerSaw(name: String, naming: IndexMapNaming) throws {
    let path = Goldens.path(name, naming)
    let parameters = try Goldens.parameters(path)
    let run = try Goldens.run(parameters)
    let order = try order(parameters, run, .train, path, naming)
    #expect(try tokens(order, 0..<run.sampleCount(.train)) == golden(path + "/batches.npy"))
  }

  @Test(arguments: all)
  func firstValidationBatchIsWhatTheTrainerSaw(name: String, naming: IndexMapNaming) throws {
    let path = Goldens.path(name, naming)
    guard FileManager.default.fileExists(atPath: path + "/valid_first_batch.npy") else { return }
    let parameters = try Goldens.parameters(path)
    let expected = try golden(path + "/valid_first_batch.npy")
    let order = try order(parameters, Goldens.run(parameters), .valid, path, naming)
    #expect(try tokens(order, 0..<expected.count / (parameters.case.seq + 1)) == expected)
  }

  @Test(arguments: [("preshuffled_replay", 0), ("window_append", 0), ("window_only", 12)], IndexMapNaming.allCases)
  func mapsMadeByHandReadAsGPTNeoXReadThem(_ item: (name: String, firstStep: Int), naming: IndexMapNaming) throws {
    let path = Goldens.path(item.name, naming)
    let (samples, length, batch) = item.name == "preshuffled_replay" ? (33, 32, 4) : (161, 8, 8)
    let reader = try NeoXReader(
      IndexMapNames(
        prefix: path + "/data", name: "train_0", samples: samples, sequenceLength: length, seed: 1234, naming: naming))
    let expected = try golden(path + "/batches.npy")
    let first = item.firstStep * batch
    let count = expected.count / (length + 1)
    #expect(try (first..<first + count).flatMap { try reader.tokens(ofSequence: $0) } == expected)
    #expect(try (first..<first + count).allSatisfy { try reader.row(of: $0).replacements == 0 })
  }

  /// names of one part of a case: a data set each.
  private func names(
    _ parameters: Goldens.Parameters, _ part: RunPart, in folder: String, _ naming: IndexMapNaming
  ) throws -> [IndexMapNames] {
    let total = try Goldens.run(parameters).sampleCount(part)
    let weights = parameters.case.weights ?? [1]
    let isSplit = parameters.case.mode == "split"
    let needed = isSplit ? [total] : try Blend.samplesNeeded(total: total, weights: weights)
    return zip(parameters.prefixes, needed).enumerated().map { index, entry in
      IndexMapNames(
        prefix: folder + "/" + entry.0, name: isSplit ? part.rawValue : part.name(dataset: index), samples: entry.1,
        sequenceLength: parameters.case.seq, seed: parameters.case.seed, naming: naming)
    }
  }

  private func documents(
    _ parameters: Goldens.Parameters, _ part: RunPart, _ path: String, _ names: IndexMapNames
  ) throws -> Range<Int>? {
    let count = try TokenDataset(prefix: path + "/" + lastPart(names.prefix)).itemCount
    guard let split = parameters.case.split else { return 0..<count }
    let parts = try Split.documents(split, itemCount: count)
    let documents =
      switch part {
      case .train: parts.train
      case .valid: parts.valid
      case .test: parts.test
      }
    return documents.isEmpty ? nil : documents
  }

  /// The order of one part, from the goldens' own map files.
  private func order(
    _ parameters: Goldens.Parameters, _ run: TrainingRun, _ part: RunPart, _ path: String, _ naming: IndexMapNaming
  ) throws -> RunOrder {
    let names = try names(parameters, part, in: path, naming)
    let weights = parameters.case.weights ?? [1]
    return try RunOrder(
      zip(names, weights).map { names, weight in
        (dataset: try TokenDataset(prefix: names.prefix), maps: try IndexMaps(names), weight: weight)
      })
  }

  private func tokens(_ order: RunOrder, _ positions: Range<Int>) throws -> [UInt32] {
    var sample = [UInt32](repeating: 0, count: order.sequenceLength + 1)
    return try positions.flatMap { q in
      try sample.withUnsafeMutableBufferPointer { try order.copyTokens(ofSequence: q, into: $0.baseAddress!) }
      return sample
    }
  }

  private func golden(_ path: String) throws -> [UInt32] {
    let file = try NPYFile(path)
    return (0..<file.count).map { UInt32(file.bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)) }
  }

  private func lastPart(_ path: String) -> String { String(path.split(separator: "/").last!) }
}
