import ByteIO
import Foundation
import TestSupport
import Testing

@Suite struct InputFileTests {
  @Test func readsAtAnyOffsetAndSaysWhereAFileEnds() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("f"), with: Array(0..<100))
    let file = try InputFile(folder.file("f"))
    var part = [UInt8](repeating: 0, count: 10)
    try part.withUnsafeMutableBytes { try file.read(into: $0, at: 90) }
    #expect(part == Array(90..<100))
    let failure = #expect(throws: IOFailure.self) {
      try part.withUnsafeMutableBytes { try file.read(into: $0, at: 95) }
    }
    #expect(failure?.offset == 100)
    #expect(failure?.endsEarly == true)
  }

  @Test func bytesThatAreNotThereCanBeAskedFor() throws {
    let folder = TemporaryFolder()
    let bytes = patterned(10_000)
    try AtomicFile.replace(folder.file("m"), with: bytes)
    let file = try MappedFile(folder.file("m"))
    for range in [0..<10_000, 4095..<4097, 9_999..<20_000, 10_000..<10_001, 5..<5, 1 << 40..<1 << 41] {
      file.willNeed(range)
    }
    #expect(Array(file.bytes) == bytes)
    #expect(MappedFile.storageReads >= 0)
  }

  @Test func aMappedFileIsItsBytes() throws {
    let folder = TemporaryFolder()
    let bytes = patterned(10_000)
    try AtomicFile.replace(folder.file("m"), with: bytes)
    for access in [MappedFile.Access.normal, .random, .sequential] {
      let file = try MappedFile(folder.file("m"), access: access)
      #expect(Array(file.bytes) == bytes)
    }
  }

  @Test func aFileThatIsCutWhileItIsMappedIsNamedAndEndsTheProcessWithOne() async throws {
    let result = try await #require(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
      let folder = TemporaryFolder()
      MappedFile.exitsOnLostFiles()
      try AtomicFile.replace(folder.file("whole"), with: patterned(10_000))
      try AtomicFile.replace(folder.file("cut"), with: patterned(100_000))
      let whole = try MappedFile(folder.file("whole"))
      let file = try MappedFile(folder.file("cut"))
      _ = try MappedFile(folder.file("cut"))
      truncate(folder.file("cut"), 4096)
      let sum = file.bytes[0..<4096].reduce(0) { $0 &+ Int($1) } + Int(whole.bytes[9_999]) + Int(file.bytes[90_000])
      print(sum)
    }
    let words = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(words.contains("/cut, byte 90000: cannot read") && words.hasSuffix("run the command again.\n"))
  }

  @Test func anEmptyFileMapsToNothing() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("e"), with: [])
    #expect(try MappedFile(folder.file("e")).bytes.isEmpty)
  }

  @Test func aFolderAndAMissingFileAreRefused() {
    let folder = TemporaryFolder()
    #expect(throws: IOFailure.self) { try MappedFile(folder.path) }
    #expect(throws: IOFailure.self) { try MappedFile(folder.file("none")) }
    let failure = #expect(throws: IOFailure.self) { try InputFile(folder.file("none")) }
    #expect(failure?.code == ENOENT)
    #expect(throws: IOFailure.self) { try FileSystem.contents(of: folder.path) }
  }

  @Test(.timeLimit(.minutes(1)))
  func pipesAndDevicesAreRefusedAtOnce() throws {
    let folder = TemporaryFolder()
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    for path in [folder.file("pipe"), "/dev/zero"] {
      for read in [
        { _ = try InputFile(path) }, { _ = try MappedFile(path) }, { _ = try FileSystem.contents(of: path) },
        { _ = try SHA256.hash(file: path) }, { _ = try openStream(path) },
      ] as [() throws -> Void] {
        let failure = #expect(throws: IOFailure.self) { try read() }
        #expect(failure?.description.contains("not a file") == true)
      }
    }
  }

  @Test func whatTheStarterHandedOverIsReadWhateverItIs() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(write(ends[1], [1, 2, 3] as [UInt8], 3) == 3)
    close(ends[1])
    defer { close(ends[0]) }
    let file = try InputFile("/dev/fd/\(ends[0])")
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0) } == 3)
    #expect(bytes.prefix(3) == [1, 2, 3])
  }
}
