/// A reader of files from strangers, as a fuzzer calls it: bytes in, and no harm done.
///
/// What a reader throws is what should happen. A trap, a fault of memory, ten seconds or two gigabytes are findings, and so is a
/// ``Disagreement``. `Fuzzing/` runs these under libFuzzer; `FuzzTargetsTests` gives them what was found before.
public struct FuzzTarget: Sendable {
  public typealias Reading = (UnsafeRawBufferPointer) throws -> Void

  public let name: String
  /// Inputs to begin with, beside those in `Fuzzing/corpus`.
  public let seeds: [[UInt8]]
  /// Makes ready in a folder of the target's own, and returns what reads one input.
  public let open: @Sendable (_ folder: String) throws -> Reading

  init(_ name: String, seeds: [[UInt8]] = [], _ open: @escaping @Sendable (_ folder: String) throws -> Reading) {
    self.name = name
    self.seeds = seeds
    self.open = open
  }

  /// Every target.
  public static let all: [FuzzTarget] = [
    .jsonLines, .zstd, .tokenizer, .index, .array, .safetensors, .modelConfiguration, .shardIndex, .yaml, .rulePack,
    .pairTable, .learntTable, .pipeline, .results, .items, .labels, .hashList, .manifest, .plan, .taskRecord,
    .checkpoint,
    .origin, .editLog, .crowsPairs, .winoBias, .lambada, .bytesShim, .textBlocksShim, .vectorsShim,
  ]
}

/// Two ways to the same answer gave different ones.
public struct Disagreement: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }

  static func check(_ holds: Bool, _ claim: @autoclosure () -> String) throws {
    if !holds { throw Disagreement("not so: " + claim()) }
  }
}
