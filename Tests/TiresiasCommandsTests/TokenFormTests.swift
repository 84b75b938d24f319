import ByteIO
import Testing

@testable import TiresiasCommands

/// Bytes that arrive a few at a time.
final class SlowStream: ByteStream {
  let name = "slow"
  private var rest: ArraySlice<UInt8>
  private let step: Int

  init(_ bytes: [UInt8], step: Int) { (rest, self.step) = (bytes[...], step) }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let part = rest.prefix(min(step, buffer.count))
    buffer.copyBytes(from: part)
    rest = rest.dropFirst(part.count)
    return part.count
  }
}

@Suite struct StandardInputTests {
  @Test(arguments: [1, 2, 3, 100])
  func linesComeWholeHoweverBytesArrive(_ step: Int) throws {
    let input = StandardInput(SlowStream(Array("one\n\ntwo three\nlast".utf8), step: step))
    var lines: [String] = []
    while let line = try input.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == ["one", "", "two three", "last"])
    #expect(try input.nextLine() == nil)
  }

  @Test func aLineFeedAtTheEndStartsNoLine() throws {
    let input = StandardInput(SlowStream(Array("one\n".utf8), step: 10))
    #expect(try input.nextLine() == Array("one".utf8))
    #expect(try input.nextLine() == nil)
  }

  @Test func everythingComesAtOnce() throws {
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try StandardInput(SlowStream(bytes, step: 70_000)).readAll() == bytes)
  }
}

@Suite struct TokenFormTests {
  private func read(_ form: TokenForm, _ bytes: [UInt8]) throws -> [[UInt32]] {
    let input = StandardInput(SlowStream(bytes, step: 5))
    var documents: [[UInt32]] = []
    var line = 0
    while let ids = try form.next(from: input, line: &line) { documents.append(ids) }
    return documents
  }

  @Test(arguments: TokenForm.allCases)
  func formsReadBackWhatTheyWrite(_ form: TokenForm) throws {
    let documents: [[UInt32]] = form == .u16 ? [[1, 65535, 0, 258]] : [[1, 70_000, 0], [], [7]]
    #expect(try read(form, documents.flatMap { try form.bytes(of: $0) }) == documents)
  }

  @Test func formsAreWhatTheyAreCalled() throws {
    #expect(try TokenForm.ids.bytes(of: [1, 22]) == Array("1 22\n".utf8))
    #expect(try TokenForm.json.bytes(of: [1, 22]) == Array("[1,22]\n".utf8))
    #expect(try TokenForm.u16.bytes(of: [1, 258]) == [1, 0, 2, 1])
  }

  @Test func idsThatDoNotFitAreRefused() {
    #expect(throws: CommandFailure.self) { try TokenForm.u16.bytes(of: [65536]) }
    #expect(throws: CommandFailure.self) { try read(.u16, [1, 2, 3]) }
    #expect(throws: CommandFailure.self) { try read(.ids, Array("1 -2".utf8)) }
    #expect(throws: CommandFailure.self) { try read(.ids, Array("4294967296".utf8)) }
    #expect(throws: (any Error).self) { try read(.json, Array("[1, 4294967296]".utf8)) }
    #expect(throws: (any Error).self) { try read(.json, Array("[1,".utf8)) }
  }
}
