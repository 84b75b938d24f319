import ByteIO
import SwapRules
import TestSupport
import Testing

@Suite struct PackTemplateTests {
  private func expectSound(_ path: String) throws {
    #expect(try PackCheck.findings(path: path).map(\.description) == [])
    let outcomes = try RulePack.load(path: path).runTests().map(\.outcome)
    #expect(outcomes.count > 2 && outcomes.allSatisfy { $0 == .passed || $0 == .knownLimit })
  }

  @Test(arguments: ["starter", "swap"]) func aNewPackPassesCheckAndTest(template: String) throws {
    let folder = TemporaryFolder()
    try expectSound(PackTemplate(template).write("mine", in: folder.path))
    try expectSound(PackTemplate(template).write("deep/in/mine", in: folder.path))
    for name in ["english-classes", "guards"] {
      try write(rulesFile("base/\(name).yaml"), folder.file("base/\(name).yaml"))
    }
    for name in ["prepositions", "conjunctions", "be-have-do"] {
      try write(rulesFile("classes/\(name).txt"), folder.file("classes/\(name).txt"))
    }
    let path = try PackTemplate(template).write("with-base", in: folder.path)
    try expectSound(path)
    #expect(try RulePack.load(path: path).guards.contains("url"))
  }

  @Test func aPackCanBeCopiedUnderANewName() throws {
    let folder = TemporaryFolder()
    let first = try PackTemplate("swap").write("first", in: folder.path)
    let path = try PackTemplate(first).write("second", in: folder.path)
    try expectSound(path)
    #expect(try RulePack.load(path: path).name == "second")
  }

  @Test func aCopyOfAPackInCRLFIsSoundToo() throws {
    let folder = TemporaryFolder()
    let first = try PackTemplate("swap").write("first", in: folder.path)
    let text = String(decoding: try bytes(of: first), as: UTF8.self)
    try write("\u{FEFF}" + text.replacing("\n", with: "\r\n"), first)
    let path = try PackTemplate(first).write("second", in: folder.path)
    try expectSound(path)
    #expect(try RulePack.load(path: path).name == "second")
  }

  @Test func aTableOfPairsIsNoTemplate() {
    #expect(throws: RulesFailure.self) { try PackTemplate(PairTableTests.shipped) }
  }

  @Test func nothingIsWrittenOverAndNamesStayInTheFolder() throws {
    let folder = TemporaryFolder()
    _ = try PackTemplate("starter").write("mine", in: folder.path)
    #expect(throws: RulesFailure.self) { try PackTemplate("starter").write("mine", in: folder.path) }
    #expect(throws: RulesFailure.self) { try PackTemplate("starter").write("../mine", in: folder.path) }
    #expect(throws: RulesFailure.self) { try PackTemplate("starters") }
  }
}
