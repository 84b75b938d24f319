import ByteIO
import Foundation
import Intervention
import TestSupport
import Testing
import Tokenization

@testable import Pipeline

/// What a run's report counts and shows.
@Suite struct ReportTests {
  let fixture: WindowFixture

  init() throws { fixture = try WindowFixture() }

  @Test(arguments: ["aligned", "slide"]) func subsetsAndStepsAddUpToTheManifest(_ length: String) throws {
    let plan = try fixture.plan(length: length)
    let manifest = try fixture.run(plan, "out")
    let report = try Report(manifest, counts(plan), plan, [])
    #expect(manifest.counts.edits > 100)
    #expect(report.subsets.count == 4 && report.subsets.contains { $0.name == nil })
    #expect(report.subsets.reduce(0) { $0 + $1.counts.edits } == manifest.counts.edits)
    #expect(report.subsets.reduce(0) { $0 + $1.counts.tokens } == manifest.counts.tokens)
    #expect(report.bins.reduce(0) { $0 + $1.edits } == manifest.counts.edits)
    #expect(report.bins.reduce(0) { $0 + $1.tokens } == manifest.counts.tokens)
    #expect(report.bins.map(\.steps).reduce(into: 60..<60) { $0 = $0.lowerBound..<$1.upperBound } == 60..<120)
  }

  /// From the log and the sidecar, the slow way.
  @Test func subsetsAndStepsAreThoseOfTheLog() throws {
    let plan = try fixture.plan()
    let manifest = try fixture.run(plan, "out")
    let origin = try Origin(prefix: fixture.folder.file("base_text_document"))
    var (subsets, steps): ([String?: Int], [Int: Int]) = ([:], [:])
    for line in try log("out", manifest) where line["kept"] == nil {
      let subset = origin.subset(ofItem: try #require(line["item"] as? Int)).map { origin.record.subsets[$0] }
      subsets[subset, default: 0] += 1
      steps[try #require(line["step"] as? Int), default: 0] += 1
    }
    let report = try Report(manifest, counts(plan), plan, [])
    #expect(Dictionary(uniqueKeysWithValues: report.subsets.map { ($0.name, $0.counts.edits) }) == subsets)
    for bin in report.bins { #expect(bin.edits == bin.steps.reduce(0) { $0 + (steps[$1] ?? 0) }) }
  }

  @Test func thePageIsTheSameForAnyNumberOfWorkersAndWithoutALog() throws {
    _ = try fixture.run(fixture.plan(), "one", workers: 1)
    _ = try fixture.run(fixture.plan(), "three", workers: 3)
    _ = try fixture.run(fixture.plan(log: "counts"), "counts")
    let page = try fixture.report("one")
    #expect(try fixture.report("three") == page)
    #expect(try fixture.report("counts").hasPrefix(page.prefix(upTo: footer(page))))
  }

  private func footer(_ page: String) throws -> String.Index {
    try #require(page.firstRange(of: "<footer>")).lowerBound
  }

  @Test func theManifestNamesItAndVerifyReadsIt() throws {
    let manifest = try fixture.run(fixture.plan(), "out")
    let output = try #require(manifest.outputs.first { $0.path == "report.html" })
    #expect(output.role == .document)
    #expect(try SHA256.hash(file: fixture.folder.file("out/report.html")) == output.sha256)
    let path = fixture.folder.file("out/manifest.json")
    #expect(try WindowVerification(manifestPath: path).run().allSatisfy { $0.outcome != .failed })
    try AtomicFile.replace(fixture.folder.file("out/report.html"), with: Array("other".utf8))
    let checks = try WindowVerification(manifestPath: path).run()
    #expect(checks.filter { $0.outcome == .failed }.map(\.name) == ["report.html"])
  }

  /// What a manifest says of its window is found again when all samples are made again.
  @Test func aManifestThatSaysSomethingElseFails() throws {
    let manifest = try fixture.run(fixture.plan(), "out")
    let path = fixture.folder.file("out/manifest.json")
    func failures(_ change: (inout Manifest) -> Void) throws -> [String] {
      var changed = manifest
      change(&changed)
      try AtomicFile.replace(path, with: changed.serialized())
      var verification = try WindowVerification(manifestPath: path)
      (verification.base, verification.extent) = ([fixture.folder.file("base_text_document")], .all)
      verification.tokenizer = fixture.folder.file("tokenizer.json")
      verification.progress = .quiet
      return try verification.run().filter { $0.outcome != .passed }.map(\.name)
    }
    let (counts, told) = ("counts and pronouns of the manifest", "what the manifest tells trainer and evaluator")
    #expect(try failures { _ in } == [])
    #expect(try failures { $0.counts.edits += 1 } == [counts])
    #expect(try failures { $0.counts.documents += 1 } == [counts])
    #expect(try failures { $0.counts.sequencesChanged -= 1 } == [counts])
    #expect(try failures { $0.counts.byRule.removeLast() } == [counts])
    #expect(try failures { $0.pronouns?.before.words[0].count += 1 } == [counts])
    #expect(try failures { $0.trainer.samplesInName += 1 } == [told])
    #expect(try failures { $0.evaluator.checkpoints.removeLast() } == [told])
    #expect(try failures { $0.outputs.removeAll { $0.path == "window_document.idx" } } == ["window_document.idx"])
  }

  // MARK: Excerpts

  @Test(arguments: ["aligned", "slide", "pad"]) func excerptsAreEditsOfTheLogInTheirText(_ length: String) throws {
    let plan = try fixture.plan(length: length)
    let manifest = try fixture.run(plan, "out")
    let excerpts = try ExcerptDraw(plan, plan.order()).excerpts()
    #expect(excerpts.count == ExcerptDraw.limit && Set(excerpts.map(\.sequence)).count == ExcerptDraw.limit)
    let lines = try log("out", manifest)
    for excerpt in excerpts {
      let line = try #require(
        lines.first { $0["q"] as? Int == excerpt.sequence && $0["position"] as? Int == excerpt.position })
      #expect(line["rule"] as? String == excerpt.rule && line["branch"] as? String == excerpt.branch)
      let chosen = excerpt.pieces.compactMap { piece -> [String]? in
        if case .edit(let before, let after, true) = piece { [before, after] } else { nil }
      }
      #expect(chosen == [[line["before"] as? String, line["after"] as? String].compactMap { $0 }])
    }
  }

  @Test func thePassageIsTheTextOfTheControl() throws {
    let plan = try fixture.plan()
    let maker = try SampleMaker(plan, plan.order(), log: false)
    var edits = 0
    for sequence in plan.sequences {
      try maker.make(sequence)
      var bytes: [UInt8] = []
      try maker.control.withUnsafeBufferPointer { try plan.tokenizer.decode($0, into: &bytes) }
      let text = String(decoding: bytes, as: UTF8.self)
      for index in maker.record.edits.indices {
        let edit = maker.record.edits[index]
        guard edit.position >= 0, edit.position + edit.beforeIDs.count <= maker.record.control.count else { continue }
        let pieces = try ExcerptText(tokenizer: plan.tokenizer, record: maker.record).pieces(around: index)
        let passage = pieces.map { piece in
          switch piece {
          case .text(let text): text
          case .edit(let before, _, _): before
          }
        }.joined()
        #expect(text.contains(passage))
        edits += 1
      }
    }
    #expect(edits > 100)
  }

  @Test func rareEditsAreFoundAllTheSame() throws {
    let plan = try fixture.plan(fraction: "0.05")
    let excerpts = try ExcerptDraw(plan, plan.order()).excerpts()
    let manifest = try fixture.run(plan, "out")
    #expect((1...ExcerptDraw.limit).contains(excerpts.count))
    #expect(excerpts.count == min(ExcerptDraw.limit, manifest.counts.edits))
    #expect(excerpts == excerpts.sorted { ($0.sequence, $0.position) < ($1.sequence, $1.position) })
  }

  // MARK: From a run

  private func counts(_ plan: WindowPlan) throws -> ReportCounts {
    try SampleMaker(plan, plan.order(), log: false).batch(plan.sequences, control: true).counts.report
  }

  private func log(_ name: String, _ manifest: Manifest) throws -> [[String: Any]] {
    var bytes: [UInt8] = []
    for output in manifest.outputs where output.role == .edits {
      try EditLogReader.forEachPiece(fixture.folder.file(name + "/" + output.path)) { bytes += $0 }
    }
    return try bytes.split(separator: 0x0A).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
  }
}
