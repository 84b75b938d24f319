import ByteIO
import Testing
import TestSupport

@testable import Pipeline

struct EditLogScannerTests {
  static let edit = """
    {"q":5122,"step":320,"row":2,"position":-1,"output_position":0,"dataset":0,"item":983,"token":14,"stage":0,"rule":"his",\
    "branch":"his-default","before":"his","after":"her","before_ids":[521],"after_ids":[617,30]
    """
  static let left = """
    {"q":5122,"step":320,"row":2,"position":7,"dataset":0,"item":983,"token":14,"stage":0,"rule":"he","branch":"he",\
    "before":"He","kept":"exception:helium"}
    """
  static let standIn = """
    ,"stand_in":{"position":9,"token":20,"rule":"red","before":"red","after":"blue","before_ids":[1,2],"after_ids":[3]}
    """

  @Test(arguments: [edit + "}", edit + ",\"cut\":true}", edit + ",\"stand_in\":null}", edit + standIn + "}"])
  func editsAreReadAsTheParserReadsThem(line: String) throws {
    guard case .edit(let found)? = try agreed(line) else { return #expect(Bool(false), "not read: \(line)") }
    #expect(found.sequence == 5122 && found.position == -1 && found.before == [521] && found.after == [617, 30])
    #expect(found.branch == "his-default" && found.isCut == line.contains("cut"))
    #expect(found.standIn?.before == (line.contains("blue") ? [1, 2] : nil))
  }

  @Test func candidatesThatWereLeftAloneSayNothing() throws {
    guard case .left? = try agreed(Self.left) else { return #expect(Bool(false), "not passed over") }
  }

  @Test func whatLooksDifferentIsLeftToTheParser() throws {
    let odd = [
      Self.edit.replacing("\"his\"", with: "\"h\\u0069s\""), Self.edit.replacing("her", with: "é"),
      Self.edit.replacing(":320", with: ": 320"),
      "{\"q\":1,\"step\":0,\"row\":1,\"lost_ids\":[1,2]", "{", "",
    ]
    for line in odd {
      let found = try agreed(line + "}")
      #expect(found == nil, "\(line)")
    }
  }

  @Test func aKeyWithoutItsNumberIsLeftToTheParser() throws {
    let odd = [
      Self.left.replacing("\"position\":7", with: "\"position\":7,\"output_position\":"),
      Self.edit + ",\"stand_in\":{\"position\":}",
    ]
    for line in odd {
      let found = Array(line.utf8).withUnsafeBufferPointer(EditLogScanner.scan)
      #expect(found == .unknown, "\(line)")
    }
  }

  /// A byte changed, left out or doubled: nothing is read otherwise than the parser reads it.
  @Test func damagedLinesAreReadAlikeOrByTheParser() throws {
    var generator = SplitMix(state: 11)
    for line in [Self.edit + Self.standIn + "}", Self.edit + ",\"cut\":true}", Self.left] {
      for _ in 0..<3000 {
        var bytes = Array(line.utf8)
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = Array("0123456789-+.eE\"\\,:[]{} \u{1}ab".utf8).randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[place], at: place)
        }
        _ = try agreed(String(decoding: bytes, as: UTF8.self))
      }
    }
  }

  /// What the scanner says, which must be what the parser says; nil where it leaves the line to it.
  private func agreed(_ line: String) throws -> EditLogScanner.Found? {
    let bytes = Array(line.utf8)
    let found = bytes.withUnsafeBufferPointer(EditLogScanner.scan)
    if case .unknown = found { return nil }
    let parsed = try bytes.withUnsafeBufferPointer { try EditLogReader.parse($0, "line") }
    switch found {
    case .edit(let edit): #expect(parsed == .edit(edit), "\(line)")
    default: #expect(parsed == nil, "\(line)")
    }
    return found
  }

  @Test func aLogThatIsOneEndlessLineIsRefusedBeforeItFillsTheMemory() throws {
    let folder = TemporaryFolder()
    let log = try ZstdFileWriter(folder.file("log.jsonl.zst"))
    let zeros = [UInt8](repeating: 0x30, count: 1 << 22)
    for _ in 0..<20 { try zeros.withUnsafeBytes { try log.write($0) } }
    #expect(try log.commit() < 1 << 16)
    let failure = #expect(throws: PipelineFailure.self) {
      try EditLogReader.forEachLine(folder.file("log.jsonl.zst")) { _ in }
    }
    #expect(failure?.description.contains("no edit log") == true)
  }
}
