import Foundation
import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct ModelFolderTests {
  @Test(
    "names and steps come from the folders' names",
    arguments: [
      ("models/pythia-70m/step143000", "pythia-70m", 143_000), ("models/pythia-70m/step143000/", "pythia-70m", 143_000),
      ("m2f/global_step12", "m2f", 12), ("pythia-70m", "pythia-70m", nil), ("models/steps", "steps", nil),
      ("step5", "step5", 5), ("./step5", "step5", 5), ("x/step99999999999999999999", "step99999999999999999999", nil),
    ] as [(String, String, Int?)])
  func named(path: String, name: String, step: Int?) {
    let folder = ModelFolder(path: path)
    #expect(folder.name == name && folder.step == step)
  }

  @Test func `a given name and step count more`() {
    let folder = ModelFolder(path: "models/x/step5", name: "own/name", step: 7)
    #expect(folder.label == "own/name step 7" && folder.fileName == "results_own-name_step7.json")
    #expect(ModelFolder(path: "models/é").fileName == "results_-.json")
  }

  @Test func `a pattern finds folders in the order of their steps`() throws {
    let folder = TemporaryFolder()
    for name in ["step1000", "step200", "step30", "step4.txt"] {
      let path = folder.file(name)
      if name.hasSuffix("txt") {
        try Data().write(to: URL(filePath: path))
      } else {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      }
    }
    #expect(try ModelFolder.matching(folder.file("step*")).map(\.step) == [30, 200, 1000])
    #expect(failure { try ModelFolder.matching(folder.file("none*")) }?.code == .request)
    #expect(failure { try ModelFolder.matching(folder.file("*.txt")) }?.code == .request)
    let found = ModelFolder.find(step: 100, published: "step200", in: folder.path, name: "n")
    #expect(found?.path == folder.file("step200") && found?.step == 100 && found?.published == "step200")
    #expect(ModelFolder.find(step: 30, published: "step60", in: folder.path, name: "n")?.path == folder.file("step30"))
    #expect(ModelFolder.find(step: 1, published: "step2", in: folder.path, name: "n") == nil)
  }
}
