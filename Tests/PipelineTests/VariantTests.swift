import Foundation
import Intervention
import TestSupport
import Testing

@testable import Pipeline

/// The files of pipelines/, each of which is a make target.
@Suite struct VariantTests {
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: Assets.root + "/pipelines")) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }.sorted()
  }()

  func pipeline(_ name: String) throws -> PipelineFile {
    let path = Assets.root + "/pipelines/\(name).yaml"
    return try PipelineFile.load(path, bytes: Array(Data(contentsOf: URL(filePath: path))))
  }

  @Test(arguments: names) func isNamedAsItsFileAndDescribed(_ name: String) throws {
    let file = try pipeline(name)
    #expect(file.name == name)
    #expect(!file.description.isEmpty && !file.description.contains("\n"))
    #expect(file.emit.folder == "out/{name}")
  }

  @Test(arguments: names) func namesRulesThatAreThere(_ name: String) throws {
    for swap in try pipeline(name).swaps {
      #expect(FileManager.default.fileExists(atPath: Assets.root + "/" + swap.stage.rules))
    }
  }

  @Test func bothPilesAndWindowsCanBeReadInThreeWays() {
    for pile in ["deduped", "standard"] {
      for share in [7, 21] {
        for form in ["", "-preshuffled", "-raw"] {
          #expect(Self.names.contains("pythia-\(pile)-\(share)pct-m2f\(form)"))
        }
      }
    }
  }

  @Test(arguments: ["0.25", "0.5", "0.75"], ["sequence", "document", "occurrence"])
  func theFractionInTheNameIsTheOneSelected(_ fraction: String, _ unit: String) throws {
    let file = try pipeline("pythia-deduped-7pct-m2f-\(fraction)-by-\(unit)")
    let selection = try #require(file.swaps.first?.select?.selection)
    #expect(selection.unit.rawValue == unit)
    #expect("\(selection.fraction)" == fraction)
  }

  @Test func theControlHasNoSwap() throws {
    #expect(try pipeline("pythia-deduped-7pct-control").swaps.isEmpty)
  }
}
