import ArgumentParser
import Testing

@testable import TiresiasCommands

/// `view`, and `--goto` of other commands, as they are typed; what they show is tested in Viewing and in Tests/Acceptance.
struct ViewCommandTests {
  private let reference = "tiresias:0123456789abcdef:133500:17"

  @Test func wrongUseIsAUsageError() {
    for arguments in [
      [], ["--dataset", "a"], ["m.json", "--port", "65536"], ["m.json", "--port", "-1"],
      ["m.json", "--goto", "tiresias:1:2:3"],
      ["m.json", "--window", "m.json"],
    ] {
      #expect(throws: (any Error).self, "\(arguments)") { try ViewCommand.parse(arguments) }
    }
    #expect(throws: Never.self) { try ViewCommand.parse(["m.json", "--port", "8000", "--goto", reference]) }
  }

  @Test func aReferenceStandsForStepAndRow() {
    #expect(throws: Never.self) { try BatchCommand.parse(["m.json", "--goto", reference, "--decode"]) }
    #expect(throws: Never.self) { try OrderFindCommand.parse(["m.json", "--goto", reference, "--dataset", "a"]) }
    for extra in [["--row", "3"], ["--steps", "1..<2"]] {
      #expect(throws: (any Error).self) { try BatchCommand.parse(["m.json", "--goto", reference, "--decode"] + extra) }
    }
    #expect(throws: (any Error).self) { try BatchCommand.parse(["m.json", "--decode"]) }
    #expect(throws: (any Error).self) {
      try OrderFindCommand.parse(["m.json", "--goto", reference, "--document", "1"])
    }
    #expect(throws: (any Error).self) {
      try BatchCommand.parse(
        [
          "--goto", reference, "--decode", "--dataset", "a", "--samples", "1", "--sequence-length", "1", "--seed", "1",
          "--batch-size", "1", "--tokenizer", "t",
        ])
    }
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func whatIsNoManifestIsAnError() throws {
    let result = try TiresiasBinary.run(["view", "/dev/null"])
    #expect(result.status == 1 && result.errors.contains("/dev/null"))
  }
}
