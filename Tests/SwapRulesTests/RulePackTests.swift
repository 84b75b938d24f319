import Foundation
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

  @Test(.timeLimit(.minutes(1)))
  func foldersThatLinksLeadToAgainAreReadOnce() throws {
    let folder = TemporaryFolder()
    try write(lexicon("  - {id: he, from: he, to: she}"), folder.file("p.yaml"))
    for link in ["a", "b", "c"] { #expect(symlink(folder.path, folder.file(link)) == 0) }
    #expect(try RulePack.files(at: [folder.path]) == [folder.file("p.yaml")])
  }
}
