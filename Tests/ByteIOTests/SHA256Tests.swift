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

  @Test func twoAreUpdatedAsEachAlone() {
    let bytes = patterned(300_000)
    for (seen, count) in [(0, 300_000), (1, 65_536), (100, 65_537), (70_000, 131_072), (5, 0)] {
      let (part, whole) = (SHA256(), SHA256())
      bytes[..<seen].withUnsafeBytes { whole.update($0) }
      bytes[seen..<min(seen + count, bytes.count)].withUnsafeBytes { SHA256.update(part, whole, $0) }
      #expect(part.finish() == SHA256.hash(Array(bytes[seen..<min(seen + count, bytes.count)])))
      #expect(whole.finish() == SHA256.hash(Array(bytes[..<min(seen + count, bytes.count)])))
    }
  }
}
