import ByteIO
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite struct DoctorTests {
  private func output(_ path: String) throws -> Doctor.Finding {
    try #require(Doctor(output: path).findings.first { $0.subject == "output" })
  }

  @Test func aFolderThatRunWouldMakeIsFine() throws {
    let folder = TemporaryFolder()
    #expect(try output(folder.path).state == .fine)
    #expect(try output(folder.file("new/out")).state == .fine)
    #expect(try FileSystem.names(in: folder.path).isEmpty)
  }

  @Test func aPlaceWhereNoFolderCanBeIsNot() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("file"), with: [1])
    #expect(try output(folder.file("file")).state == .missing)
    #expect(try output(folder.file("file/out")).state == .missing)
  }
}
