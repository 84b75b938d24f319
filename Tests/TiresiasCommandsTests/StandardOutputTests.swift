import ByteIO
import Foundation
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite(.enabled(if: TiresiasBinary.path != nil, "needs the built command"), .serialized)
struct StandardOutputTests {
  /// Commands that print, and some that write as they go.
  @Test(arguments: [["doctor"], ["rules", "check"], ["run", "--help"], ["--version"]])
  func whatDoesNotFitIsToldOnce(arguments: [String]) throws {
    let result = try TiresiasBinary.run(arguments, output: "/dev/full")
    #expect(result.status == 1)
    #expect(result.errors.components(separatedBy: "standard output: cannot write").count == 2, "\(result.errors)")
    #expect(!result.errors.contains("continues where it stopped"))
  }

  @Test(arguments: ["doctor >&2; true", "--help-hidden", "rules check"]) func aReaderThatGoesIsNoFailure(words: String)
    throws
  {
    let program = try #require(TiresiasBinary.path)
    let folder = TemporaryFolder()
    let command = "{ sleep 0.3; '\(program)' \(words); echo $? > '\(folder.file("status"))'; } | true; sleep 3"
    _ = try CommandStream(["/bin/sh", "-c", command], isHeard: false).contents()
    let status = try String(decoding: FileSystem.contents(of: folder.file("status")), as: UTF8.self)
    #expect(status == "0\n")
  }
}
