import TokenDataset

/// The numbers behind the index maps of one data set, worked out and checked before anything is built.
public struct IndexMapPlan: Sendable, Equatable {
  /// The items that take part.
  public let documents: Range<Int>
  public let sequenceLength: Int
  public let seed: UInt32
  /// T: tokens of these documents.
  public let tokensPerEpoch: Int
  /// e: how often they are read; the smallest number that gives enough samples.
  public let epochs: Int
  /// S: samples in the maps, (e·T − 1) div L.
  public let sampleCount: Int

  /// `samples` is ns, how many samples are wanted at least.
  ///
  /// Reads the sizes once where `documents` are not all items. Throws if the documents have no tokens, or more than
  /// the format's 32-bit numbers can hold.
  public init(
    _ dataset: TokenDataset, documents: Range<Int>? = nil, samples: Int, sequenceLength: Int, seed: UInt32
  ) throws {
    let documents = documents ?? 0..<dataset.itemCount
    guard documents.lowerBound >= 0, documents.upperBound <= dataset.itemCount else {
      throw OrderFailure(.range, dataset.prefix, "documents \(documents) do not exist: it has \(dataset.itemCount)")
    }
    let tokens =
      documents.count == dataset.itemCount ? dataset.tokenCount : try Self.countTokens(dataset, documents)
    do {
      try self.init(
        tokensPerEpoch: tokens, documents: documents, samples: samples, sequenceLength: sequenceLength, seed: seed)
    } catch let failure as OrderFailure {
      throw OrderFailure(failure.code, dataset.prefix, failure.reason)
    }
  }

  init(
    tokensPerEpoch: Int, documents: Range<Int>, samples: Int, sequenceLength: Int, seed: UInt32
  ) throws {
    guard sequenceLength >= 1, sequenceLength < Int32.max else {
      throw OrderFailure(.parameter, "", "a sequence of \(sequenceLength) tokens is not possible")
    }
    guard samples >= 0 else { throw OrderFailure(.parameter, "", "\(samples) samples are asked for") }
    guard tokensPerEpoch > 0 else {
      throw OrderFailure(.data, "", "the documents \(documents) have no tokens, so no number of epochs is enough")
    }
    let (wanted, overflow) = samples.multipliedReportingOverflow(by: sequenceLength)
    guard !overflow, wanted < Int.max - tokensPerEpoch else {
      throw OrderFailure(.parameter, "", "\(samples) samples of \(sequenceLength) tokens are more than can be counted")
    }
    self.documents = documents
    self.sequenceLength = sequenceLength
    self.seed = seed
    self.tokensPerEpoch = tokensPerEpoch
    // (e·T − 1) div L ≥ ns just when e·T ≥ ns·L + 1.
    epochs = max(1, (wanted + tokensPerEpoch) / tokensPerEpoch)
    sampleCount = (epochs * tokensPerEpoch - 1) / sequenceLength
    let (entries, tooMany) = documents.count.multipliedReportingOverflow(by: epochs)
    guard !tooMany, entries <= Int32.max, documents.upperBound <= Int32.max else {
      throw OrderFailure(
        .data, "", "\(epochs) epochs of \(documents.count) documents are more than GPT-NeoX's 32-bit doc_idx can number"
      )
    }
  }

  /// Length of doc_idx: documents times epochs.
  public var documentEntryCount: Int { documents.count * epochs }

  /// The type of sample_idx: always int32 in v1.0; since then int64 where its elements could pass 2³¹.
  public func sampleElement(_ naming: IndexMapNaming) -> NPYElement {
    if naming == .v1 { return .int32 }
    let samples = Double(epochs * tokensPerEpoch - 1) / Double(sequenceLength)
    return 2 * (samples + 1) < Double(Int32.max) ? .int32 : .int64
  }

  /// The type of shuffle_idx.
  public var shuffleElement: NPYElement { sampleCount >= Int(UInt32.max) - 1 ? .int64 : .uint32 }

  private static func countTokens(_ dataset: TokenDataset, _ documents: Range<Int>) throws -> Int {
    var total = 0
    try dataset.forEachSizes(in: documents) { _, sizes in
      for size in sizes { total += Int(size) }
    }
    return total
  }
}
