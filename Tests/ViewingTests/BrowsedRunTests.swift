import ByteIO
import Pipeline
import TestSupport
import Testing
import TokenDataset
import Tokenization
import TrainingOrder

@testable import Viewing

@Suite struct BrowsedRunTests {
  private let fixture: ViewingFixture

  init() throws { fixture = try ViewingFixture() }

  private func run(_ manifest: String, withBase: Bool = false) throws -> BrowsedRun {
    try BrowsedRun(
      manifestPath: manifest, tokenizer: fixture.tokenizerPath, base: withBase ? fixture.order(ofWindow: true) : nil)
  }

  private func text(_ tokens: [UInt32]) -> [UInt8] { tokens.flatMap { Array(fixture.tokenizer.bytes(of: $0)) } }

  private func arm(_ manifest: String, _ name: String, _ q: Int) throws -> [UInt8] {
    text(try TokenDataset(prefix: manifest.dropLast("manifest.json".count) + name + "_document").tokens(of: q - 240))
  }

  /// Edits that reach beyond the sample are shown whole.
  private func isCut(_ sample: SampleText) -> Bool {
    sample.edits.contains { $0.outputPosition < 0 || $0.outputPosition + fixture.tokenizerCount($0.after) > 33 }
  }

  @Test(arguments: ["aligned", "slide", "pad"], [true, false])
  func everySampleIsShownAsItIsAndWas(length: String, withBase: Bool) throws {
    let manifest = try fixture.window(length: length)
    let run = try run(manifest, withBase: withBase)
    var documents = 0
    for q in 240..<480 {
      let sample = try run.sample(step: q / 4, row: q % 4).window
      if isCut(sample) { continue }
      #expect(sample.text(edited: true) == (try arm(manifest, "window", q)))
      let before = sample.text(edited: false)
      // What fell off the end is not shown.
      #expect(
        try length == "aligned"
          ? before == arm(manifest, "control", q) : before.starts(with: arm(manifest, "control", q).prefix(10)))
      documents += sample.pieces.filter { if case .document = $0 { true } else { false } }.count
    }
    #expect(withBase ? documents >= 200 : documents == 0)
    #expect(run.notes.isEmpty == withBase)
  }

  @Test(arguments: ["aligned", "slide", "pad"]) func documentsBeginWhereTheirTextDoes(length: String) throws {
    let run = try run(fixture.window(length: length), withBase: true)
    for q in 240..<480 {
      let pieces = try run.sample(q).window.pieces
      guard case .document = pieces[0] else {
        Issue.record("sequence \(q) begins with no document")
        continue
      }
      for (piece, next) in zip(pieces, pieces.dropFirst()) {
        if case .document(let document) = next, document.tokens.lowerBound == 0 {
          #expect(piece == .special("<|endoftext|>"), "sequence \(q)")
        }
      }
    }
  }

  @Test(arguments: ["aligned", "slide"]) func withoutALogEditsAreFoundInTheTokens(length: String) throws {
    let (logged, counted) = (try fixture.window(length: length), try fixture.window(length: length, log: "counts"))
    let (known, found) = (try run(logged), try run(counted))
    #expect(found.notes.contains { $0.hasPrefix("Edits are found by comparing") })
    #expect(found.rules.isEmpty && known.rules.contains("cat"))
    var edited = 0
    for q in 240..<480 {
      let (with, without) = (try known.sample(q).window, try found.sample(q).window)
      #expect(without.text(edited: true) == (try arm(counted, "window", q)))
      if length == "aligned" { #expect(without.text(edited: false) == (try arm(counted, "control", q))) }
      #expect(with.edits.isEmpty == without.edits.isEmpty, "sequence \(q)")
      edited += without.edits.isEmpty ? 0 : 1
    }
    #expect(edited > 50)
  }

  @Test func withoutControlAndLogThereIsStillTheWindow() throws {
    let manifest = try fixture.window(length: "aligned", log: "counts", control: "false")
    let run = try run(manifest)
    #expect(run.notes.contains { $0.hasPrefix("No edits") } && run.notes.contains { $0.hasPrefix("No control") })
    #expect(!run.hasEdits)
    #expect(try run.sample(250).window.text(edited: true) == arm(manifest, "window", 250))
  }

  @Test func aControlThatWasLeftBehindIsNotMissed() throws {
    let manifest = try fixture.window(length: "slide")
    let whole = try run(manifest)
    for ending in ["bin", "idx"] {
      try FileSystem.remove(manifest.dropLast("manifest.json".count) + "control_document." + ending)
    }
    let rest = try run(manifest)
    #expect(rest.notes == whole.notes)
    #expect(try rest.sample(300).window == whole.sample(300).window)
  }

  @Test func aMatchedControlIsShownWithItsOwnEdits() throws {
    let manifest = try fixture.window(length: "aligned", control: "random-edits")
    let run = try run(manifest, withBase: true)
    var edits = 0
    for q in 240..<480 {
      let sample = try run.sample(q)
      let control = try #require(sample.control)
      #expect(control.text(edited: true) == (try arm(manifest, "control", q)) || isCut(control))
      edits += control.edits.count
    }
    #expect(edits > 20)
  }

  @Test func searchFindsWhatAPlainLookFinds() throws {
    let run = try run(fixture.window(length: "slide"), withBase: true)
    for (text, isCaseSensitive) in [("DOG", false), ("“dog”", true), ("saw", true), ("DOG", true), ("öde", false)] {
      var query = SampleQuery()
      (query.text, query.isCaseSensitive) = (text, isCaseSensitive)
      let expected = try (240..<480).filter { q in
        let sample = try run.sample(q).window
        return [true, false].contains { edited in
          let shown = String(decoding: sample.text(edited: edited), as: UTF8.self)
          return isCaseSensitive ? shown.contains(text) : shown.lowercased().contains(text.lowercased())
        }
      }
      // What is cut off by a sample's edge can be shown, and is not searched.
      let cut = try Set((240..<480).filter { isCut(try run.sample($0).window) })
      #expect(try Set(all(run, query)).subtracting(cut) == Set(expected).subtracting(cut), "\(text)")
    }
  }

  @Test func filtersHoldTogether() throws {
    let run = try run(fixture.window(length: "slide"), withBase: true)
    var query = SampleQuery()
    (query.rule, query.subset) = ("saw", "Set 1")
    let expected = try (240..<480).filter { q in
      let pieces = try run.sample(q).window.pieces
      return pieces.contains { if case .edit(let edit) = $0 { edit.rule == "saw" } else { false } }
        && pieces.contains { if case .document(let document) = $0 { document.subset == "Set 1" } else { false } }
    }
    #expect(!expected.isEmpty && expected.count < 200)
    #expect(try all(run, query) == expected)
    let hit = try #require(try run.search(query, in: 240..<480, limit: 1).hits.first)
    #expect(hit.match.contains("found"))
    query = SampleQuery()
    query.editedOnly = true
    #expect(try all(run, query) == (240..<480).filter { try !run.edits(ofSequence: $0).isEmpty })
    #expect(throws: ViewingFailure.self) { try run.search(query, in: 0..<480) }
  }

  /// Asked on and on, a moment at a time.
  private func all(_ run: BrowsedRun, _ query: SampleQuery) throws -> [Int] {
    var (found, next): ([Int], Int?) = ([], 240)
    while let from = next {
      let slice = try run.search(query, in: from..<480, limit: 3, for: .zero)
      found += slice.hits.map(\.sequence)
      next = slice.next
      if let next { #expect(next > from) }
    }
    return found
  }
}
