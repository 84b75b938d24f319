import TestSupport
import Testing

@testable import ByteIO

@Suite struct CommandStreamTests {
  @Test func whatAProgramWritesIsRead() throws {
    let stream = try CommandStream(["/bin/sh", "-c", "seq 1 100000 | tail -n 1; printf end"])
    #expect(try stream.contents() == Array("100000\nend".utf8))
  }

  @Test(arguments: ["printf half; exit 3", "printf half; kill -9 $$"])
  func aProgramThatFailsIsAFailureAtItsEnd(script: String) throws {
    let stream = try CommandStream(["/bin/sh", "-c", script], name: "object")
    #expect(throws: IOFailure.self) { try stream.contents() }
  }

  @Test func aProgramThatIsNotThereIsTold() {
    #expect(throws: IOFailure.self) { try CommandStream(["no-such-program"]) }
  }

  @Test func aProgramThatWritesTooMuchIsEnded() throws {
    let stream = try CommandStream(["yes"])
    #expect(throws: IOFailure.self) { try stream.contents(limit: 1 << 20) }
  }
}
