import Glibc
import Synchronization

/// Computes log-likelihoods and greedy continuations with one checkpoint, on the CPU.
///
/// Every answer is the same bit for bit whatever else is asked in the same call, in which order, and on how many threads.
public final class Scorer: Sendable {
  public let checkpoint: Checkpoint
  public let precision: Precision
  public let threads: Int
  public let fingerprint: ScorerFingerprint

  private let packed = Mutex<PackedModel?>(nil)

  /// How far a call is: `done` of `total` tokens went through the model. Called from one thread at a time.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// Plans the products, and so knows ``fingerprint``; the weights are packed when something is asked first.
  ///
  /// Throws ``ModelFailure`` where the library or the processor cannot compute in this precision.
  public init(checkpoint: Checkpoint, precision: Precision = .float32, threads: Int) throws {
    if let missing = ProductLibrary.missing { throw ModelFailure(.unsupported, "oneDNN", missing) }
    if !Precision.available.contains(precision) {
      throw ModelFailure(
        .unsupported, checkpoint.folder,
        "this processor (\(productInstructionSet)) has no products of bfloat16; use \(Precision.float32.rawValue)")
    }
    self.checkpoint = checkpoint
    self.precision = precision
    self.threads = max(1, threads)
    fingerprint = ScorerFingerprint(
      library: "oneDNN \(productLibraryVersion), \(mathematicsLibraryVersion)", instructionSet: productInstructionSet,
      kernel: try PackedModel.kernels(checkpoint.configuration, precision), precision: precision, revision: 1)
  }

  /// Packs the weights for the products, unless they are: about the time to read them twice, and the memory of the weights in
  /// the precision. What is asked first does it too.
  public func pack() throws { _ = try model }

  var model: PackedModel {
    get throws {
      try packed.withLock { packed in
        if let packed { return packed }
        let model = try PackedModel(checkpoint, precision: precision, threads: threads)
        packed = model
        return model
      }
    }
  }

  /// The log-likelihood of every scored token of every request, in the order of the requests. Beginnings that requests share
  /// go through the model once; memory does not grow with the number of requests beyond their tokens.
  ///
  /// Throws ``ModelFailure`` for a token outside the vocabulary, a request longer than the model's positions, or one whose
  /// first scored token has no context.
  public func logLikelihoods(_ requests: [ScoringRequest], progress: Progress? = nil) throws -> [ScoredTokens] {
    var slots: [Int] = []
    var slotCount = 0
    let texts = try requests.enumerated().map { index, request in
      try check(request, index)
      slots.append(slotCount)
      slotCount += request.tokens.count - request.scoredFrom
      return text(of: request, firstSlot: slots[index])
    }
    let answers = try answer(texts, slotCount: slotCount, progress: progress)
    return zip(requests, slots).map { request, slot in
      let own = answers[slot..<slot + request.tokens.count - request.scoredFrom]
      return ScoredTokens(logLikelihoods: own.map(\.logProbability), isGreedy: own.map(\.isGreedy))
    }
  }

  /// For every context the log-probabilities of the candidates as its next token, in the order of `candidates`.
  ///
  /// Throws as ``logLikelihoods(_:progress:)``; a context needs at least one token.
  public func nextTokenLogProbabilities(
    after contexts: [[Int32]], of candidates: [Int32], progress: Progress? = nil
  ) throws -> [[Double]] {
    try check(candidates, "the candidates")
    let texts = try contexts.enumerated().map { index, context in
      try checkContext(context, "context \(index)")
      let questions = candidates.enumerated().map {
        Forest.Question(after: context.count - 1, $1, slot: index * candidates.count + $0)
      }
      return Forest.Text(tokens: context[...], questions: questions)
    }
    let answers = try answer(texts, slotCount: contexts.count * candidates.count, progress: progress)
    return contexts.indices.map { index in
      answers[index * candidates.count..<(index + 1) * candidates.count].map(\.logProbability)
    }
  }

  private func text(of request: ScoringRequest, firstSlot: Int) -> Forest.Text {
    let questions = (request.scoredFrom..<request.tokens.count).map {
      Forest.Question(after: $0 - 1, request.tokens[$0], slot: firstSlot + $0 - request.scoredFrom)
    }
    return Forest.Text(tokens: request.tokens.dropLast(), questions: questions)
  }
}

/// As `glibc 2.36`.
private let mathematicsLibraryVersion: String = {
  var text = [UInt8](repeating: 0, count: 64)
  let length = text.withUnsafeMutableBytes {
    confstr(Int32(_CS_GNU_LIBC_VERSION), $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
  }
  return length == 0 ? "another C library" : String(decoding: text[..<min(text.count, length - 1)], as: UTF8.self)
}()
