import ByteIO
import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct OriginTests {
  @Test func eachItemKnowsItsSubsetFileAndLine() throws {
    let fixture = try TokenizeFixture(documents: 30)
    _ = try fixture.job("out").run()
    let origin = try Origin(prefix: fixture.folder.file("out_text_document"))
    // The first document (number 0) is of a named subset; the second one (number 1) names none.
    #expect(origin.subset(ofItem: 0).map { origin.record.subsets[$0] } == "Set 0")
    #expect(try #require(origin.place(ofItem: 0)) == (0, 1))
    #expect(origin.subset(ofItem: 1) == nil)
    #expect(try #require(origin.place(ofItem: 1)) == (0, 2))
    let last = try #require(origin.place(ofItem: origin.count - 1))
    #expect(origin.record.files[last.file].name == "3.jsonl.zst")
  }

  @Test func rowsThatDoNotAddUpAreRefused() throws {
    let fixture = try TokenizeFixture(documents: 30)
    _ = try fixture.job("out").run()
    let base = fixture.folder.file("out_text_document")
    try AtomicFile.replace(base + ".origin.bin", with: Array(FileSystem.contents(of: base + ".origin.bin").dropLast()))
    #expect(throws: TokenizeFailure.self) { try Origin(prefix: base) }
    #expect(throws: (any Error).self) { try Origin(prefix: base + "none") }
  }

  @Test func recordsFromStrangersAreCheckedNotTrusted() throws {
    let fixture = try TokenizeFixture(documents: 30)
    _ = try fixture.job("out").run()
    let path = fixture.folder.file("out_text_document.origin.json")
    let text = String(decoding: try FileSystem.contents(of: path), as: UTF8.self)
    let changes = [
      ("\"origin\": 1", "\"origin\": 2"), ("\"items\": ", "\"items\": -"),
      ("\"items\": ", "\"items\": 9999999999999999"),
      ("\"token_type\": \"", "\"token_type\": \"x"), ("\"files\"", "\"fils\""),
      ("\"append_eod\": true", "\"append_eod\": 1"),
    ]
    for (from, to) in changes {
      try AtomicFile.replace(path, with: Array(text.replacing(from, with: to).utf8))
      #expect(throws: (any Error).self, "\(to)") { try OriginRecord.read(path) }
    }
  }
}
