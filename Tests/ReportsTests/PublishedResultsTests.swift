import TestSupport
import Testing

@testable import Reports

/// Read once for all tests.
enum Published {
  static let folder = Assets.folder.map { $0 + "/pythia-evals" }
  static let results = Result { try ResultFiles([folder ?? ""]) }
  static let analysis = Result { try Analysis(results.get()) }
}

/// The whole of EleutherAI/pythia's `evals/`, as it is.
@Suite(.enabled(if: Published.folder != nil, "TIRESIAS_ASSETS is not set")) struct PublishedResultsTests {
  @Test func `every JSON file is read, and the PDF is skipped by name`() throws {
    let results = try Published.results.get()
    #expect(results.evaluations.count == 581)
    #expect(results.skipped.count == 1)
    #expect(results.skipped[0].path.hasSuffix("winobias_plots/winobias_scale_final.pdf"))
  }

  @Test func `every file's model and arm are known`() throws {
    let counts = try Published.results.get().evaluations.reduce(into: [String: Int]()) {
      $0[$1.subject.model.name + ", " + $1.subject.arm.name, default: 0] += 1
    }
    #expect(
      counts == [
        "Pythia v0 70M deduped, control": 14 + 24, "Pythia v0 70M deduped, 7 %": 20,
        "Pythia v0 410M deduped, control": 24 + 24, "Pythia v0 410M deduped, 7 %": 20,
        "Pythia v0 1.4B deduped, control": 24 + 24, "Pythia v0 1.4B deduped, 7 %": 19,
        "Pythia v0 1.4B deduped, 21 %": 30 + 19,
        "Pythia v0 6.9B deduped, control": 15 + 24, "Pythia v0 6.9B deduped, 7 %": 20,
        "Pythia v1 70M deduped, control": 10, "Pythia v1 70M deduped, 7 %": 10,
        "Pythia v1 410M deduped, control": 10 + 24, "Pythia v1 410M deduped, 7 %": 20,
        "Pythia v1 1.4B deduped, control": 30 + 42, "Pythia v1 1.4B deduped, 7 %": 20,
        "Pythia v1 1.4B deduped, 21 %": 60,
        "Pythia v1 6.9B deduped, control": 10 + 24, "Pythia v1 6.9B deduped, 7 %": 20,
      ])
  }

  @Test func `two builds of the evaluator made the first release's CrowS-Pairs scores`() throws {
    let builds = try Published.results.get().evaluations.filter { $0.dialect == .harness }
      .reduce(into: [String: Int]()) { $0[$1.fingerprint[.build] ?? "", default: 0] += 1 }
    #expect(builds == ["8164ebc": 125, "d36f623": 21, "": 130])
  }
}
