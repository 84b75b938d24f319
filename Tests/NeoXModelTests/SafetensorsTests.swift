import ByteIO
import Foundation
import NeoXModel
import TestSupport
import Testing

/// Files from strangers: an error, never a crash.
@Suite struct SafetensorsTests {
  private static func opening(_ data: Data, in folder: TemporaryFolder) -> String {
    do {
      try data.write(to: URL(filePath: folder.file("model.safetensors")))
      _ = try Checkpoint(folder: folder.path)
      return "nothing"
    } catch {
      return "\(error)"
    }
  }

  /// A folder with the configuration, and a whole file for it.
  private static func whole() throws -> (TemporaryFolder, Data) {
    let folder = TemporaryFolder()
    let model = RandomModel(seed: 1) {
      $0.layers = 1; $0.hidden = 8; $0.heads = 2; $0.inner = 8; $0.vocabulary = 5
    }
    try model.write(folder)
    return (folder, try Data(contentsOf: URL(filePath: folder.file("model.safetensors"))))
  }

  private static func complaint(_ header: String, body: Int = 8, length: UInt64? = nil) throws -> String {
    let (folder, _) = try whole()
    return opening(Safetensors.file(header: Data(header.utf8), body: Data(count: body), length: length), in: folder)
  }

  private static func tensor(_ name: String, _ shape: String, _ start: Int, _ end: Int, _ type: String = "F16")
    -> String
  {
    "\"\(name)\": {\"dtype\": \"\(type)\", \"shape\": \(shape), \"data_offsets\": [\(start), \(end)]}"
  }

  @Test func `a header longer than its file, or than any, is refused by its length`() throws {
    #expect(try Self.complaint("{}", length: 1 << 40).contains("said to have 1099511627776 bytes"))
    #expect(try Self.complaint("{}", length: .max).contains("said to have 18446744073709551615 bytes"))
    #expect(try Self.complaint("{}", length: UInt64(Int.max) - 4).contains("said to have"))
    #expect(try Self.complaint(String(repeating: " ", count: 9 << 20)).contains("above the limit"))
    let (folder, _) = try Self.whole()
    #expect(Self.opening(Data(), in: folder).contains("no safetensors file"))
    #expect(Self.opening(Data([1, 2, 3]), in: folder).contains("3 bytes are no safetensors file"))
  }

  @Test func `offsets that overlap, leave gaps or lie outside are named`() throws {
    let a = Self.tensor("a", "[2]", 0, 4)
    #expect(try Self.complaint("{\(a), \(Self.tensor("b", "[2]", 4, 8))}").contains("is missing"))
    #expect(try Self.complaint("{\(a), \(Self.tensor("b", "[3]", 2, 8))}").contains("tensor 'b' overlaps"))
    #expect(try Self.complaint("{\(a), \(Self.tensor("b", "[1]", 6, 8))}").contains("tensor 'b' leaves a gap"))
    #expect(try Self.complaint("{\(a)}").contains("4 bytes behind the last tensor belong to none"))
    #expect(try Self.complaint("{\(Self.tensor("a", "[4]", 4, 12))}").contains("no range within 8 bytes"))
    #expect(try Self.complaint("{\(Self.tensor("a", "[4]", 8, 0))}").contains("no range within 8 bytes"))
    #expect(try Self.complaint("{\(Self.tensor("a", "[4]", -8, 0))}").contains("outside"))
  }

  @Test func `shapes that do not fill their bytes, or overflow, are named`() throws {
    #expect(
      try Self.complaint("{\(Self.tensor("a", "[3]", 0, 8))}").contains("shape [3] of F16 does not fill its 8 bytes"))
    #expect(try Self.complaint("{\(Self.tensor("a", "[4294967296, 4294967296]", 0, 8))}").contains("overflows"))
    #expect(try Self.complaint("{\(Self.tensor("a", "[4611686018427387904, 2]", 0, 8))}").contains("overflows"))
    #expect(try Self.complaint("{\(Self.tensor("a", "[4611686018427387904]", 0, 8, "F32"))}").contains("does not fill"))
    #expect(try Self.complaint("{\(Self.tensor("a", "4", 0, 8))}").contains("expected an array"))
    #expect(try Self.complaint("{\"a\": 3}").contains("header"))
    #expect(try Self.complaint("{\"a\": {}}").contains("dtype"))
  }

  @Test func `a header that is no JSON, or says a thing twice, is refused with its place`() throws {
    #expect(try Self.complaint("{\"a\": ").contains("no JSON that is read"))
    #expect(try Self.complaint("[]").contains("expected an object"))
    #expect(try Self.complaint("").contains("no JSON that is read"))
    let a = Self.tensor("a", "[4]", 0, 8)
    #expect(try Self.complaint("{\(a), \(a)}").contains("twice"))
    #expect(try Self.complaint(String(repeating: "[", count: 5000)).contains("no JSON that is read"))
  }

  @Test func `every cut file is refused`() throws {
    let (folder, data) = try Self.whole()
    #expect(Self.opening(data, in: folder) == "nothing")
    var random = SeededGenerator(seed: 4)
    for length in [0, 7, 8, 9, data.count - 1] + (0..<40).map({ _ in Int.random(in: 0..<data.count, using: &random) }) {
      #expect(Self.opening(data.prefix(length), in: folder) != "nothing")
    }
    #expect(Self.opening(data + Data([0]), in: folder) != "nothing")
  }

  @Test func `no change of bytes makes it crash`() throws {
    let (folder, data) = try Self.whole()
    var random = SeededGenerator(seed: 5)
    let header = 8 + Int(data.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * $1.offset) })
    for _ in 0..<300 {
      var spoilt = data
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<header, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: spoilt[place] = UInt8.random(in: 0...255, using: &random)
        case 1: spoilt[place] = Array("0123456789[]{},:\"-eE".utf8).randomElement(using: &random)!
        case 2: spoilt.remove(at: place)
        default: spoilt.insert(UInt8.random(in: 48...57, using: &random), at: place)
        }
      }
      _ = Self.opening(spoilt, in: folder)
    }
  }
}
