import LoopbackServer
import StructuredText
import TestSupport
import Testing

@testable import Viewing

@Suite struct ViewerAnswersTests {
  private let fixture: ViewingFixture
  private let answers: ViewerAnswers

  init() throws {
    fixture = try ViewingFixture()
    answers = ViewerAnswers(
      try BrowsedRun(
        manifestPath: fixture.window(length: "aligned"), tokenizer: fixture.tokenizerPath,
        base: fixture.order(ofWindow: true)))
  }

  private func json(_ path: String, _ query: [String: String] = [:]) throws -> JSONNode {
    let answer = answers.answer(Question(path: path, query: query))
    #expect(answer.status == 200 && answer.kind == .json, "\(String(decoding: answer.body, as: UTF8.self))")
    return try JSONNode.parse(answer.body, name: path)
  }

  @Test func thePageIsThreeFilesThatNameNothingElse() {
    for (path, kind) in [("", Answer.Kind.html), ("page.css", .css), ("page.js", .script)] {
      let answer = answers.answer(Question(path: path))
      #expect(answer.status == 200 && answer.kind == kind && !answer.body.isEmpty)
      let text = String(decoding: answer.body, as: UTF8.self)
      #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("//cdn"))
      #expect(!text.contains("innerHTML") && !text.contains("eval("))
      // The policy allows neither.
      #expect(!text.contains("style=\"") && !text.contains("onclick="))
    }
  }

  @Test func aStepHasItsRowsAndARowItsSample() throws {
    let rows = try json("api/step", ["step": "70"]).member("rows").elements()
    #expect(rows.count == 4)
    #expect(try rows.map { try $0.member("row").int(in: 0...9) } == [0, 1, 2, 3])
    let sample = try json("api/sample", ["step": "70", "row": "2"])
    let pieces = try sample.member("window").member("pieces").elements()
    let edits = try pieces.filter { try $0.optionalMember("edit") != nil }.count
    #expect(try rows[2].member("edits").int(in: 0...99) == edits)
    let text = try sample.member("reference").string()
    let place = try json("api/reference", ["text": text])
    #expect(try place.member("step").int(in: 0...99) == 70 && place.member("row").int(in: 0...9) == 2)
  }

  @Test func searchesAreAnsweredInSlices() throws {
    let slice = try json("api/search", ["text": "dog", "from": "240", "end": "480"])
    #expect(try slice.member("hits").elements().count > 10)
    let hit = try slice.member("hits").elements()[0]
    #expect(try hit.member("match").string() == "dog")
    #expect(try json("api/run").member("subsets").elements().map { try $0.string() } == ["Set 0", "Set 1", "Set 2"])
  }

  @Test(arguments: [
    ("api/step", ["step": "59"]), ("api/step", ["step": "120"]), ("api/step", ["step": "x"]), ("api/step", [:]),
    ("api/step", ["step": "99999999999999999999"]), ("api/sample", ["step": "70", "row": "4"]),
    ("api/sample", ["step": "70", "row": "-1"]), ("api/search", ["from": "0", "end": "480"]),
    ("api/search", ["from": "240", "end": "481"]), ("api/search", ["from": "300", "end": "299"]),
    ("api/reference", ["text": "tiresias:0123456789abcdef:70:1"]), ("api/reference", ["text": "<script>"]),
    ("api/search", ["text": String(repeating: "a", count: 1001), "from": "240", "end": "480"]),
  ])
  func whatMakesNoSenseIsRefused(path: String, query: [String: String]) {
    let answer = answers.answer(Question(path: path, query: query))
    #expect(answer.status == 400 && answer.kind == .text)
  }

  @Test(arguments: ["x", "api", "api/", "page.css/", "../etc/passwd", "index.html"])
  func nothingElseIsThere(path: String) {
    #expect(answers.answer(Question(path: path)).status == 404)
  }
}
