import Foundation
import FoundationXML
import Testing

@testable import Pipeline

/// The page itself.
@Suite struct ReportPageTests {
  static let hostile = "</title><script>alert('1')</script> & \"\u{202E}\u{0}\u{FFFE}"

  /// A report that has text of strangers wherever there can be any.
  static let report: Report = {
    var manifest = Manifest.example
    manifest.name = hostile
    manifest.description = hostile
    manifest.warnings = [hostile]
    manifest.tool.version = hostile
    manifest.rules[0].pack = hostile
    manifest.selection[0].fraction = hostile
    manifest.counts.byRule[0].rule = hostile
    manifest.counts.byRule[0].branch = hostile + "2"
    manifest.counts.kept.append(Manifest.NamedCount(name: "guard:" + hostile, count: 1))
    manifest.pronouns?.before.words[0].name = hostile
    manifest.randomEdits?.pairs = hostile
    return Report(
      manifest: manifest, subsets: [Report.Subset(name: hostile, counts: .init(tokens: 5, edits: 2))],
      bins: [Report.Bin(steps: 5..<7, tokens: 10, edits: 2), Report.Bin(steps: 7..<8, tokens: 5, edits: 0)],
      excerpts: [
        Excerpt(
          sequence: 1, step: 2, row: 3, position: 4, rule: hostile, branch: hostile + "2", isUncertain: true,
          subset: hostile,
          pieces: [.text(hostile), .edit(before: hostile, after: hostile, isChosen: true), .text(hostile)])
      ])
  }()

  @Test func textOfStrangersStaysText() throws {
    let page = ReportPage(Self.report).text
    for part in ["<script", "alert('1')", "\u{202E}", "\u{0}", "\u{FFFE}"] { #expect(!page.contains(part)) }
    #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;⟨U+202E⟩␀⟨U+FFFE⟩"))
  }

  @Test func theWholePageIsWellFormed() throws {
    #expect(Elements(ReportPage(Self.report).text).isWellFormed)
    let empty = Report(manifest: Manifest.example, subsets: [], bins: [], excerpts: [])
    #expect(Elements(ReportPage(empty).text).isWellFormed)
    #expect(!Elements("<p>a<br></p>").isWellFormed)
  }

  @Test func nothingIsLoadedAndNothingRuns() {
    let elements = Elements(ReportPage(Self.report).text)
    #expect(elements.names.isDisjoint(with: ["script", "link", "img", "iframe", "object", "a", "form"]))
    #expect(elements.attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "src" && $0 != "href" })
    #expect(!ReportPage.style.contains("url(") && !ReportPage.style.contains("@import"))
  }

  @Test func theNumbersAreTheManifests() {
    var manifest = Manifest.example
    manifest.retokenized = nil
    let report = Report(manifest: manifest, subsets: [], bins: [], excerpts: [])
    let text = Elements(ReportPage(report).text).text
    for part in [
      "9,000,000 edits changed 4,000,000 of 10,240,000 sequences (39.06 %) and 0.04 % of tokens",
      "75.00 % → 0.00 %", "fraction 0.25 by document, seed 7", "he3,000,0000−3,000,000", "determiner3,000,00033.33 %",
      "400,0004.26 %", "length400,0004.21 %the edit would change the number of tokens", "more than 1 %",
      "rest on a choice that the rules mark as uncertain90,0001.00 %", "fell off the end of their sequence3",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test func whatIsNotKnownIsLeftOut() {
    var manifest = Manifest.example
    manifest.pronouns = nil
    manifest.warnings = []
    manifest.rules = []
    manifest.retokenized = nil
    (manifest.counts.edits, manifest.counts.byRule, manifest.counts.kept) = (0, [], [])
    let page = ReportPage(Report(manifest: manifest, subsets: [], bins: [], excerpts: [])).text
    #expect(page.contains("Nothing was edited"))
    #expect(!page.contains("<h2>") && !page.contains("Warning"))
  }

  @Test func longTablesAreFolded() {
    var manifest = Manifest.example
    manifest.counts.byRule = (0..<1000).map { .init(stage: 4, rule: "r\($0)", branch: "", edits: 1000 - $0) }
    let page = ReportPage(Report(manifest: manifest, subsets: [], bins: [], excerpts: [])).text
    #expect(page.contains("<summary>970 more</summary>") && page.contains("<code>r999</code>"))
  }

  @Test(arguments: [1, 49, 50, 51, 1000, 1049, 10_000]) func stepsAreDividedIntoAtMostFiftyEqualRuns(_ count: Int) {
    let bins = StepBins(7..<(7 + count))
    #expect((1...50).contains(bins.count))
    #expect((0..<bins.count).flatMap { Array(bins[$0]) } == Array(7..<(7 + count)))
    #expect((0..<bins.count - 1).allSatisfy { bins[$0].count == bins.width })
    for bin in 0..<bins.count { #expect(bins[bin].allSatisfy { bins.bin(of: $0) == bin }) }
  }
}

/// What a parser of XML finds in a page.
private final class Elements: NSObject, XMLParserDelegate {
  private(set) var isWellFormed = false
  private(set) var names: Set<String> = []
  private(set) var attributes: Set<String> = []
  private(set) var text = ""

  init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    // On Linux parse() is true whatever it found.
    isWellFormed = parser.parse() && parser.parserError == nil
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    names.insert(name)
    self.attributes.formUnion(attributes.keys)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
