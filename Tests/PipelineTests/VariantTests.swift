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

  /// What a rule pack does is worth nothing without a target that does it.
  @Test(arguments: [7, 21]) func everyPackHasATarget(_ share: Int) throws {
    let packs = try FileManager.default.contentsOfDirectory(atPath: Assets.root + "/rules")
      .filter { $0.hasSuffix(".yaml") }.map { "rules/\($0)" }
    let used = try Self.names.map(pipeline).filter { $0.window.extent == .last("\(share)%") }
      .flatMap { $0.swaps.map(\.stage.rules) }
    #expect(Set(packs).subtracting(used) == [])
  }

  @Test(arguments: ["pythia-2023-literal", "pythia-deduped-7pct-2023-literal", "pythia-deduped-21pct-2023-literal"])
  func theLiteralReplicaEncodesWholeSamplesAndSwapsNothing(_ name: String) throws {
    let file = try pipeline(name)
    let retokenize = try #require(file.retokenize)
    #expect(file.swaps.isEmpty && retokenize.scope == .sample && retokenize.special == .drop)
    #expect(retokenize.length == .pad && retokenize.containing.isEmpty && file.emit.control == .unedited)
  }

  @Test(arguments: [7, 21]) func theMatchedControlHasRandomEdits(_ share: Int) throws {
    let file = try pipeline("pythia-deduped-\(share)pct-m2f-random-edits")
    #expect(file.emit.control == .randomEdits)
    #expect(FileManager.default.fileExists(atPath: Assets.root + "/" + file.emit.pairs))
  }

  @Test func theControlHasNoSwap() throws {
    #expect(try pipeline("pythia-deduped-7pct-control").swaps.isEmpty)
  }
}
