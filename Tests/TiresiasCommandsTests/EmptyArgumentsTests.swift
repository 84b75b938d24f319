import ArgumentParser
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite struct EmptyArgumentsTests {
  @Test(
    arguments: [
      ["run", "x.yaml", "--output", ""], ["tokenize", "", "--output", "x"], ["run", "--output=", "x.yaml"],
      ["encode", "--", ""],
    ]) func areRefused(arguments: [String])
  {
    #expect(throws: ValidationError.self) { try EmptyArguments.refuse(["tiresias"] + arguments) }
  }

  @Test(arguments: [
    ["run", "x.yaml", "--set", "emit.to="], ["rules", "explain", "x", "--", "--a="], ["--set=a=", "b"],
  ])
  func othersAreNot(arguments: [String]) throws {
    try EmptyArguments.refuse(["tiresias"] + arguments)
  }

  @Test(.enabled(if: TiresiasBinary.path != nil, "needs the built command")) func areWrongUsageOfTheCommand() throws {
    let result = try TiresiasBinary.run(["run", "x.yaml", "--output", ""])
    #expect(result.status == 2)
    #expect(result.errors.contains("What stands behind --output is empty."))
  }
}
