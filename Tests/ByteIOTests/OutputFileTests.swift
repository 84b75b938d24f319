import ByteIO
import Foundation
import TestSupport
import Testing

@Suite struct OutputFileTests {
  @Test func writersOfTheSameFileDoNotMeet() throws {
    let folder = TemporaryFolder()
    let (first, second) = (
      try AtomicFile(folder.file("a"), writer: "one"), try AtomicFile(folder.file("a"), writer: "two")
    )
    try first.write("same")
    try second.write("same")
    try first.commit()
    try second.commit()
    #expect(try FileSystem.contents(of: folder.file("a")) == Array("same".utf8))
    #expect(try FileSystem.names(in: folder.path) == ["a"])
  }

  @Test func sharedLocksKeepOnlyOthersOut() throws {
    let folder = TemporaryFolder()
    let files = try (0..<3).map { _ in try PositionedFile(folder.file("lock")) }
    try files[0].lock(shared: true)
    try files[1].lock(shared: true)
    #expect(throws: IOFailure.self) { try files[2].lock() }
  }

  @Test func anAtomicFileHasItsNameOnlyWhenItIsComplete() throws {
    let folder = TemporaryFolder()
    let file = try AtomicFile(folder.file("a"), bufferSize: 16)
    try file.write("some text that is longer than the buffer")
    #expect(!FileSystem.exists(folder.file("a")))
    #expect(FileSystem.exists(file.partialPath))
    try file.commit()
    #expect(try FileSystem.names(in: folder.path) == ["a"])
    #expect(try String(decoding: FileSystem.contents(of: folder.file("a")), as: UTF8.self).hasSuffix("buffer"))
  }

  @Test func whatIsNoFileIsNotReplaced() throws {
    let folder = TemporaryFolder()
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    try FileSystem.makeDirectory(folder.file("folder"))
    #expect(symlink("pipe", folder.file("link")) == 0)
    for name in ["pipe", "folder", "link"] {
      #expect(throws: IOFailure.self) { try AtomicFile.replace(folder.file(name), with: [1]) }
      #expect(throws: IOFailure.self) { try FileSystem.destination(of: folder.file(name)) }
    }
    #expect(try FileSystem.names(in: folder.path) == ["folder", "link", "pipe"])
  }

  @Test func aFileThatAUserNamesByALinkIsWrittenWhereTheLinkLeads() throws {
    let folder = TemporaryFolder()
    try FileSystem.makeDirectory(folder.file("other"))
    #expect(symlink("other/first", folder.file("a")) == 0)
    #expect(symlink("../b", folder.file("other/first")) == 0)
    for bytes: [UInt8] in [[1], [2]] {
      try AtomicFile.replace(FileSystem.destination(of: folder.file("a")), with: bytes)
      #expect(try FileSystem.contents(of: folder.file("b")) == bytes)
    }
    #expect(try FileSystem.names(in: folder.path) == ["a", "b", "other"])
    #expect(try FileSystem.names(in: folder.file("other")) == ["first"])
    #expect(symlink("c", folder.file("c")) == 0)
    #expect(throws: IOFailure.self) { try FileSystem.destination(of: folder.file("c")) }
  }

  @Test func anAtomicFileThatIsGivenUpLeavesTheOldOne() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("a"), with: [1, 2, 3])
    do {
      let file = try AtomicFile(folder.file("a"))
      try file.write([9])
    }
    #expect(try FileSystem.names(in: folder.path) == ["a"])
    #expect(try FileSystem.contents(of: folder.file("a")) == [1, 2, 3])
  }

  @Test func whatAKilledRunLeftIsOverwritten() throws {
    let folder = TemporaryFolder()
    _ = FileManager.default.createFile(atPath: folder.file("a.partial"), contents: Data(repeating: 7, count: 1000))
    try AtomicFile.replace(folder.file("a"), with: [1])
    #expect(try FileSystem.contents(of: folder.file("a")) == [1])
    #expect(!FileSystem.exists(folder.file("a.partial")))
  }

  @Test func writesOfAnySizeJoinUp() throws {
    let folder = TemporaryFolder()
    let bytes = patterned(1000)
    for step in [1, 7, 15, 16, 17, 33, 1000] {
      let file = try AtomicFile(folder.file("a"), bufferSize: 16)
      for start in stride(from: 0, to: bytes.count, by: step) {
        try file.write(Array(bytes[start..<min(start + step, bytes.count)]))
        #expect(file.count == min(start + step, bytes.count))
      }
      try file.commit()
      #expect(try FileSystem.contents(of: folder.file("a")) == bytes)
    }
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    let failure = #expect(throws: IOFailure.self) { _ = try AtomicFile("no/such/folder/a") }
    #expect(failure?.description == "no/such/folder/a: cannot write: No such file or directory. Check the path.")
  }

  @Test func aPositionedFileIsWrittenInAnyOrderAndKeepsWhatItHas() throws {
    let folder = TemporaryFolder()
    let path = folder.file("p")
    try [5, 6, 7].withUnsafeBytes { try PositionedFile(path).write($0, at: 100) }
    let file = try PositionedFile(path)
    try [UInt8(1)].withUnsafeBytes { try file.write($0, at: 0) }
    try file.synchronize()
    #expect(try FileSystem.size(of: path) == 124)
    try file.setSize(1 << 30)
    #expect(try FileSystem.size(of: path) == 1 << 30)
    #expect(try FileSystem.allocatedSize(of: path) < 1 << 20)
    try file.setSize(1)
    #expect(try FileSystem.contents(of: path) == [1])
  }

  @Test func aFileIsLockedForOneWriter() throws {
    let folder = TemporaryFolder()
    var first: PositionedFile? = try PositionedFile(folder.file("p"))
    try first?.lock()
    let second = try PositionedFile(folder.file("p"))
    let failure = #expect(throws: IOFailure.self) { try second.lock() }
    #expect(failure?.description.contains("another run is writing it") == true)
    first = nil
    try second.lock()
  }
}
