import ByteIO
import TestSupport
import Testing

@testable import Tokenization

@Suite struct RealTextTests {
  /// The first lines of a shard, JSON and all: text like any other.
  private func sample(_ shard: String, bytes: Int) throws -> [UInt8] {
    let stream = try openStream(Assets.folder! + "/pile-like/" + shard)
    var text = [UInt8](repeating: 0, count: bytes)
    let count = try text.withUnsafeMutableBytes { try stream.read(into: $0) }
    // A whole line ends in no middle of a character.
    return Array(text[..<(text[..<count].lastIndex(of: UInt8(ascii: "\n")) ?? 0)])
  }

  @Test(
    .enabled(if: Assets.folder != nil && Assets.tokenizer != nil, "needs the assets"),
    arguments: ["00.jsonl.zst", "03.jsonl.zst"])
  func steppingIsEncodingAndCertainBoundariesAreTrue(_ shard: String) throws {
    let encoder = Encoder(try Tokenizer(path: Assets.tokenizer!))
    let text = try sample(shard, bytes: 400_000)
    let whole = try encoder.encode(text)
    var ids: [UInt32] = []
    var starts: Set<Int> = []
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = encoder.preTokenEnd(in: bytes, from: start)
        encoder.encodePreToken(UnsafeBufferPointer(rebasing: bytes[start..<end]), into: &ids)
        starts.insert(start)
        start = end
      }
      #expect(ids == whole)
      var generator = SplitMix(seed: 51)
      for _ in 0..<2000 {
        let position = Int.random(in: 200..<bytes.count, using: &generator)
        // What stands more than 200 bytes before is unknown.
        let near = UnsafeBufferPointer(rebasing: bytes[(position - 200)...])
        guard let found = encoder.boundary(atOrBefore: 200, in: near) else { continue }
        #expect(starts.contains(position - 200 + found))
      }
    }
  }
}
