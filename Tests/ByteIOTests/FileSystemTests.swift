import ByteIO
import Foundation
import TestSupport
import Testing

@Suite struct FileSystemTests {
  @Test func namesAreSortedByTheirBytes() throws {
    let folder = TemporaryFolder()
    let names = ["b", "a b", "Z", "é", "10", "9", "новый", "x\ny", "quote\"'", "🙂", String(repeating: "n", count: 255)]
    for name in names { try AtomicFile.replaceShort(folder.file(name)) }
    let listed = try FileSystem.names(in: folder.path)
    #expect(listed == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    for name in listed { #expect(FileSystem.exists(folder.file(name))) }
  }

  @Test func aNameThatIsNoUTF8IsAnErrorWhenItIsOpenedNotACrash() throws {
    let folder = TemporaryFolder()
    let path = Array(folder.file("bad").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
    #expect(descriptor >= 0)
    close(descriptor)
    let names = try FileSystem.names(in: folder.path)
    #expect(names == ["bad\u{FFFD}"])
    #expect(throws: IOFailure.self) { try InputFile(folder.file(names[0])) }
    unlink(path)
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    let folder = TemporaryFolder()
    try FileSystem.makeDirectory(folder.file("a/b//c/"))
    #expect(FileSystem.isDirectory(folder.file("a/b/c")))
    try FileSystem.makeDirectory(folder.file("a/b/c"))
    try AtomicFile.replace(folder.file("file"), with: [1])
    #expect(throws: IOFailure.self) { try FileSystem.makeDirectory(folder.file("file/below")) }
    #expect(throws: IOFailure.self) { try FileSystem.makeDirectory(folder.file("file")) }
  }

  @Test(
    arguments: [
      ("a/b", "a", "b"), ("/a", "/", "a"), ("a", nil, "a"), ("a/b/", "a", ""), ("//x", "/", "x"),
      ("a b/ c", "a b", " c"),
    ] as [(String, String?, String)])
  func aPathHasAFolderAndAName(path: String, parent: String?, name: String) {
    #expect(FileSystem.parent(of: path) == parent)
    #expect(FileSystem.name(of: path) == name)
  }

  @Test func freeSpaceIsAskedOfTheNearestFolderThatExists() throws {
    let folder = TemporaryFolder()
    #expect(try FileSystem.freeSpace(at: folder.file("not/there/yet")) > 0)
    #expect(try FileSystem.freeSpace(at: "not-there-either") > 0)
  }

  @Test func removingWhatIsNotThereIsNoError() throws {
    let folder = TemporaryFolder()
    try FileSystem.remove(folder.file("none"))
    #expect(throws: IOFailure.self) { try FileSystem.remove(folder.path) }
  }

  @Test func aFileLargerThanExpectedIsNotLoaded() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("f"), with: [1, 2, 3])
    #expect(throws: IOFailure.self) { try FileSystem.contents(of: folder.file("f"), limit: 2) }
    #expect(try FileSystem.contents(of: folder.file("f"), limit: 3) == [1, 2, 3])
  }

  @Test func linksThatLeadOutOfAFolderAreKnown() throws {
    let folder = TemporaryFolder()
    for name in ["inside/below", "inside-too"] { try FileSystem.makeDirectory(folder.file(name)) }
    for name in ["out", "inside/file", "inside-too/file"] { try AtomicFile.replace(folder.file(name), with: [1]) }
    let inside = folder.file("inside")
    for (link, target) in [("good", "file"), ("bad", "../out"), ("near", "../inside-too/file"), ("up", "..")] {
      #expect(symlink(target, inside + "/" + link) == 0)
    }
    for name in ["file", "good", "below", "below/../file", "none", "."] {
      #expect(!FileSystem.leadsOutside(inside + "/" + name, of: inside), "\(name)")
    }
    for name in ["bad", "near", "up", "up/out", "up/inside-too/file"] {
      #expect(FileSystem.leadsOutside(inside + "/" + name, of: inside), "\(name)")
    }
    #expect(try FileSystem.identity(of: inside + "/up/inside") == FileSystem.identity(of: inside))
    #expect(try FileSystem.identity(of: inside + "/good") != FileSystem.identity(of: inside))
  }

  @Test func aStampTellsAChangedFile() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("f"), with: [1])
    let before = try FileSystem.stamp(of: folder.file("f"))
    try AtomicFile.replace(folder.file("f"), with: [1, 2])
    #expect(try FileSystem.stamp(of: folder.file("f")) != before)
  }
}

extension AtomicFile {
  /// `AtomicFile` needs room for its ending in the name; a name of full length is made directly.
  static func replaceShort(_ path: String) throws {
    _ = try PositionedFile(path)
  }
}
