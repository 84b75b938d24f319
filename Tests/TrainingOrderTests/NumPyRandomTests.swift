import ByteIO
import Foundation
import Testing
import TestSupport
import TrainingOrder

struct NumPyRandomTests {
  @Test func firstDrawsOfSeed1234() {
    let random = NumPyRandom(seed: 1234)
    #expect((0..<4).map { _ in random.next() } == [822_569_775, 2_137_449_171, 2_671_936_806, 3_512_589_365])
  }

  @Test func shufflesTenNumbersLikeNumPy() {
    #expect(shuffled(10, Int32.self, NumPyRandom(seed: 1234)) == [7, 2, 9, 1, 0, 8, 4, 5, 6, 3])
  }

  @Test func intervalOfZeroDrawsNothing() {
    let random = NumPyRandom(seed: 5)
    let twin = NumPyRandom(seed: 5)
    #expect(random.interval(0) == 0)
    #expect(random.next() == twin.next())
  }

  @Test func intervalAbove32BitsTakesTwoDrawsUpperHalfFirst() {
    let random = NumPyRandom(seed: 9)
    let twin = NumPyRandom(seed: 9)
    for maximum in [UInt64(1) << 32, 1 << 40 + 12345, .max] {
      let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
      var expected: UInt64
      repeat { expected = (UInt64(twin.next()) << 32 | UInt64(twin.next())) & mask } while expected > maximum
      #expect(random.interval(maximum) == expected)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2049, 5000])
  func shufflesLikeTheSlowTwinAtEverySizeNearABatch(count: Int) {
    for seed in [UInt32(0), 1, 4_294_967_295] {
      let random = NumPyRandom(seed: seed)
      let slow = NumPyRandom(seed: seed)
      #expect(shuffled(count, UInt32.self, random) == slowlyShuffled(count, slow).map(UInt32.init))
      #expect(random.next() == slow.next(), "both have drawn the same numbers")
    }
  }

  struct Vectors: Decodable {
    struct Shuffle: Decodable {
      let seed: UInt32
      let dtype: String
      let n: Int
      let sha256_le_bytes: String
      let next4_u32: [UInt32]
    }
    struct Chained: Decodable {
      let doc_n: Int
      let shuf_n: Int
      let doc_sha256: String
      let shuf_sha256: String
    }
    let shuffles: [Shuffle]
    let chained: Chained
  }

  @Test(.enabled(if: Goldens.isThere)) func shufflesAsNumPyForEveryGolden() throws {
    let vectors = try JSONDecoder().decode(Vectors.self, from: contents(Goldens.folder! + "/shuffle/shuffle.json"))
    for vector in vectors.shuffles {
      let random = NumPyRandom(seed: vector.seed)
      let hash =
        switch vector.dtype {
        case "int32": hashOf(shuffled(vector.n, Int32.self, random))
        case "uint32": hashOf(shuffled(vector.n, UInt32.self, random))
        default: hashOf(shuffled(vector.n, Int64.self, random))
        }
      #expect(hash == vector.sha256_le_bytes, "\(vector.seed) \(vector.dtype) \(vector.n)")
      #expect((0..<4).map { _ in random.next() } == vector.next4_u32)
    }
  }

  @Test(.enabled(if: Goldens.isThere)) func aSecondShuffleContinuesTheState() throws {
    let chained = try JSONDecoder().decode(Vectors.self, from: contents(Goldens.folder! + "/shuffle/shuffle.json"))
      .chained
    let random = NumPyRandom(seed: 1234)
    #expect(hashOf(shuffled(chained.doc_n, Int32.self, random)) == chained.doc_sha256)
    #expect(hashOf(shuffled(chained.shuf_n, UInt32.self, random)) == chained.shuf_sha256)
  }

  private func shuffled<T: FixedWidthInteger>(_ count: Int, _: T.Type, _ random: NumPyRandom) -> [T] {
    var values = (0..<count).map { T($0) }
    values.withUnsafeMutableBufferPointer { buffer in
      if let buffer = buffer as? UnsafeMutableBufferPointer<Int32> { random.shuffle(buffer) }
      if let buffer = buffer as? UnsafeMutableBufferPointer<UInt32> { random.shuffle(buffer) }
      if let buffer = buffer as? UnsafeMutableBufferPointer<Int64> { random.shuffle(buffer) }
    }
    return values
  }

  private func hashOf<T>(_ values: [T]) -> String { values.withUnsafeBytes { SHA256.hash($0) } }
}

/// The definition: for i = n − 1 … 1 swap with interval(i).
func slowlyShuffled(_ count: Int, _ random: NumPyRandom) -> [Int] {
  var values = Array(0..<count)
  for index in stride(from: count - 1, to: 0, by: -1) { values.swapAt(index, Int(random.interval(UInt64(index)))) }
  return values
}
