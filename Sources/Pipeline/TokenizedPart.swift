import ByteIO
import Corpus
import StructuredText
import TokenDataset

/// A base that was made of consecutive files of a raw Pile, to be put together with those of the others.
///
/// It is an ordinary base, made by an ordinary ``TokenizeJob`` over these files.
public struct TokenizedPart: Sendable {
  /// The data set's prefix.
  public let base: String
  /// Numbers of its files among all inputs.
  public let files: Range<Int>
  /// SHA-256 of `.bin`, `.idx`, `.origin.bin` and `.origin.json`, in this order.
  public let hashes: [String]

  public static let suffixes = [".bin", ".idx", ".origin.bin", ".origin.json"]

  /// As it was recorded.
  public init(base: String, files: Range<Int>, hashes: [String]) {
    (self.base, self.files, self.hashes) = (base, files, hashes)
  }

  /// Reads its files, for their hashes.
  public init(base: String, files: Range<Int>) throws {
    self.init(base: base, files: files, hashes: try Self.suffixes.map { try SHA256.hash(file: base + $0) })
  }

  /// Why it is not what was recorded; nil if it is. Reads all of it.
  public func damage() throws -> String? {
    for (suffix, expected) in zip(Self.suffixes, hashes) {
      guard FileSystem.exists(base + suffix) else { return "\(base)\(suffix) is gone" }
      if try SHA256.hash(file: base + suffix) != expected { return "\(base)\(suffix) is not what was written" }
    }
    return nil
  }

  /// Removes its files, the record first: what is left of it is no base.
  public func remove() throws {
    for suffix in Self.suffixes.reversed() + [".origin.stamps.json"] { try FileSystem.remove(base + suffix) }
  }

  /// What it says of itself, if that is of these files and options.
  func open(_ plan: TokenizePlan) throws -> (record: OriginRecord, size: Int) {
    let record = try OriginRecord.read(base + ".origin.json")
    let names = plan.files[files].map(\.name)
    if let difference = plan.difference(from: record)
      ?? (record.files.map(\.name) == names ? nil : "its files are others")
    {
      throw TokenizeFailure(place: base, reason: "\(difference). Run its task again.")
    }
    return (record, try FileSystem.size(of: base + ".bin"))
  }

  enum Content {
    case tokens
    case sizes
    case origins
  }

  /// The bytes in order, in pieces of whole rows.
  func forEachPiece(of content: Content, _ body: ([UInt8]) throws -> Void) throws {
    let suffix = content == .tokens ? ".bin" : content == .sizes ? ".idx" : ".origin.bin"
    let size = try FileSystem.size(of: base + suffix)
    // Sizes stand behind the header of 34 bytes and have 4 bytes an item.
    let range = content == .sizes ? 34..<34 + 4 * (try OriginRecord.read(base + ".origin.json").items) : 0..<size
    guard range.upperBound <= size else {
      throw TokenizeFailure(place: base + suffix, reason: "it ends early. Run its task again.")
    }
    let file = try InputFile(base + suffix)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
      var piece = [UInt8](repeating: 0, count: min(1 << 20, range.upperBound - start))
      try piece.withUnsafeMutableBytes { try file.read(into: $0, at: start) }
      try body(piece)
    }
  }
}

extension TokenizeJob {
  /// Puts parts together that other jobs have made, each of some of the inputs, in order and all of them: the output is the
  /// one that ``run()`` makes, byte for byte. Killed and called again it goes on behind the last whole part. The parts are
  /// taken as they are: see ``TokenizedPart/damage()``.
  public func merge(_ parts: [TokenizedPart]) throws -> TokenizeReport {
    let plan = try plan()
    let checkpoint: FoundCheckpoint?
    switch try plan.findOutput(rehash: rehash, policy: onError) {
    case .finished(let record): return TokenizeReport(record, base: plan.paths.base, isReused: true)
    case .checkpoint(let found):
      checkpoint = parts.contains { $0.files.lowerBound == found.state.position.file } ? found : nil
    case .nothing: checkpoint = nil
    }
    let output = try TokenizeOutput(plan, from: checkpoint)
    for part in parts where part.files.lowerBound >= output.state.position.file {
      guard part.files.lowerBound == output.state.position.file else {
        throw TokenizeFailure(place: part.base, reason: "the part before it is missing. Run its task.")
      }
      try output.append(part)
      try output.checkpoint()
    }
    guard output.state.isComplete else {
      throw TokenizeFailure(place: plan.paths.base, reason: "the last parts are missing. Run their tasks.")
    }
    try withExtendedLifetime(output) { try plan.finish(output.state.record) }
    return TokenizeReport(output.state.record, base: plan.paths.base, isReused: false)
  }
}
