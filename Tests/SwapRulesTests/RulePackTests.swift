import SwapRules
import TestSupport
import Testing

@Suite struct ShippedPackTests {
  @Test(arguments: [
    "pronouns-m2f", "pronouns-f2m", "pronouns-swap", "pronouns-neutral", "pythia-2022-tokenmap", "pythia-2023-strings",
    "base/english-classes", "base/guards", "base/his", "base/her", "base/they-adverbs", "base/pronoun-exceptions",
  ])
  func testsInsideShippedPacksPass(name: String) throws {
    let pack = try RulePack.load(path: Assets.root + "/rules/\(name).yaml")
    #expect(pack.name == name)
    #expect(try pack.runTests().filter { $0.outcome == .failed || $0.outcome == .unexpectedPass }.isEmpty)
  }
}
