import ByteIO
import TestSupport
import Testing

@Suite struct SHA256Tests {
  @Test func knownDigests() {
    // FIPS 180-4 examples.
    #expect(SHA256.hash([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(SHA256.hash(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(SHA256.hash(million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesAndFilesHashAsTheWhole() throws {
    let folder = TemporaryFolder()
    let bytes = patterned((1 << 20) + 17)
    let hash = SHA256()
    for start in stride(from: 0, to: bytes.count, by: 9999) {
      Array(bytes[start..<min(start + 9999, bytes.count)]).withUnsafeBytes { hash.update($0) }
    }
    try AtomicFile.replace(folder.file("f"), with: bytes)
    #expect(hash.finish() == SHA256.hash(bytes))
    #expect(try SHA256.hash(file: folder.file("f")) == SHA256.hash(bytes))
  }

  /// Pieces of any length at any place, whole blocks among them.
  @Test func twoAtOnceAreAsEachAlone() {
    let bytes = patterned(40_000)
    var generator = SeededGenerator(seed: 3)
    for round in 0..<200 {
      let (one, other) = (SHA256(), SHA256())
      // What the other has seen before; half of the time not whole blocks.
      let before = (round % 2 == 0 ? 64 : 1) * Int.random(in: 0...70, using: &generator)
      bytes[..<before].withUnsafeBytes { other.update($0) }
      var place = before
      while place < bytes.count {
        let blocks = 64 * Int.random(in: 0...200, using: &generator)
        let count = Bool.random(using: &generator) ? blocks : Int.random(in: 0...9000, using: &generator)
        let end = min(bytes.count, place + count)
        bytes[place..<end].withUnsafeBytes { SHA256.update(one, other, $0) }
        place = end
      }
      #expect(one.soFar() == SHA256.hash(Array(bytes[before...])))
      #expect(one.finish() == SHA256.hash(Array(bytes[before...])))
      #expect(other.finish() == SHA256.hash(bytes))
    }
  }

  /// The count of bits has two halves.
  @Test func twoAtOnceCountMoreThanHalfAGigabyte() {
    let bytes = [UInt8](repeating: 7, count: 1 << 20)
    let (one, other, alone) = (SHA256(), SHA256(), SHA256())
    bytes.withUnsafeBytes { bytes in
      for _ in 0..<513 {
        SHA256.update(one, other, bytes)
        alone.update(bytes)
      }
    }
    let digest = alone.finish()
    #expect(one.finish() == digest && other.finish() == digest)
  }
}
