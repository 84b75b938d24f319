import ByteIO
import Foundation
import FoundationXML
import StructuredText
import TestSupport
import Testing

@testable import Reports

/// The page and the files beside it.
@Suite struct ReportPageTests {
  static let hostile = "</title><script>alert('1')</script>\u{202E}"

  static func page(_ analysis: Analysis) -> String {
    ReportPage(document: DocumentBuilder(analysis: analysis).document, figures: [:], figureFailure: nil).text
  }

  /// All small results with a script in every string.
  static func hostileAnalysis() throws -> Analysis {
    let folder = TemporaryFolder()
    for (index, path) in SmallResults.paths.enumerated() {
      let value = try JSONValue.parse(try FileSystem.contents(of: path), name: path)
      let changed = Mutation.appending(hostile, to: value)
      try FileBytesWriter.write(
        String(decoding: try changed.serialized(), as: UTF8.self), to: folder.file("intervention \(index).json"))
    }
    return try Analysis(ResultFiles([folder.path]), allowMixed: true)
  }

  @Test func `text of strangers stays text`() throws {
    let page = Self.page(try Self.hostileAnalysis())
    #expect(!page.contains("<script") && !page.contains("\u{202E}"))
    #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"))
    #expect(XMLDocumentCheck(page).isWellFormed)
  }

  @Test func `the page is well-formed, loads nothing and runs nothing`() throws {
    let page = Self.page(try SmallResults.analysis())
    let check = XMLDocumentCheck(page)
    #expect(check.isWellFormed)
    #expect(check.names.isDisjoint(with: ["script", "link", "img", "iframe", "object", "form"]))
    #expect(check.links.allSatisfy { $0.hasPrefix("#") })
    #expect(page.contains("default-src 'none'") && !page.contains("url("))
  }

  @Test func `the first screen has the claims, and says that the manipulation check is missing`() throws {
    let document = DocumentBuilder(analysis: try SmallResults.analysis()).document
    #expect(document.claims.map(\.kind) == [.noEvidence, .notCompared])
    #expect(document.claims[0].sentence.hasPrefix("Pythia v1 shows no significant difference at the last step"))
    #expect(document.warnings.count { $0.hasPrefix("Manipulation check missing") } == 2)
  }

  @Test func `mixed comparisons stand under a banner`() throws {
    let mixed = try SmallResults.analysis(allowMixed: true)
    #expect(DocumentBuilder(analysis: mixed).document.banner?.contains("--allow-mixed") == true)
    #expect(Self.page(mixed).contains("class=\"banner\""))
    #expect(DocumentBuilder(analysis: try SmallResults.analysis()).document.banner == nil)
  }

  @Test func `without a renderer the report is whole, and says what is missing`() throws {
    let folder = TemporaryFolder()
    let writer = ReportWriter(try SmallResults.analysis())
    let failure = try writer.write(to: folder.path, renderer: FigureRenderer(python: folder.file("no-python")))
    #expect(failure?.code == .renderer)
    let page = String(decoding: try FileSystem.contents(of: folder.file("report.html")), as: UTF8.self)
    #expect(page.contains("Figures are missing") && page.contains("figure-1-crows-pairs.vl.json"))
    let json = try JSONValue.parse(try FileSystem.contents(of: folder.file("report.json")), name: "report.json")
    guard case .array(let claims)? = json["tables"]?["claims"] else {
      throw ReportFailure(.items, path: "", reason: "")
    }
    #expect(claims.count == 4 && claims[0]["control"] == .double(56.25))
    let tsv = String(decoding: try FileSystem.contents(of: folder.file("tables/claims.tsv")), as: UTF8.self)
    #expect(tsv.split(separator: "\n").count == 5)
    let columns = tsv.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).count }
    #expect(Set(columns).count == 1)
  }

  @Test func `the same results give the same bytes, whatever their folder and order`() throws {
    func bytes(_ paths: [String]) throws -> [[UInt8]] {
      let folder = TemporaryFolder()
      let writer = ReportWriter(try Analysis(ResultFiles(paths)))
      _ = try writer.write(to: folder.path, renderer: FigureRenderer(python: "/dev/null"))
      return try [
        "report.html", "report.json", "summary.md", "tables/excluded.tsv", "figures/figure-1-crows-pairs.vl.json",
      ]
      .map { try FileSystem.contents(of: folder.file($0)) }
    }
    let elsewhere = TemporaryFolder()
    try FileManager.default.copyItem(atPath: SmallResults.folder, toPath: elsewhere.file("Results"))
    #expect(try bytes([SmallResults.folder]) == bytes([SmallResults.folder]))
    #expect(try bytes([SmallResults.folder]) == bytes([elsewhere.file("Results")]))
  }

  @Test func `a rendered chart has its own ids, and a name for those who cannot see it`() throws {
    let figure = ReportFigure(name: "f", title: "A <chart>", caption: "C", specification: nil)
    let svg = "<?xml version=\"1.0\"?><svg class=\"m\"><clipPath id=\"c0\"/><g clip-path=\"url(#c0)\"/></svg>"
    let html = try #require(EmbeddedFigure(figure, svg: svg)).html
    #expect(html.hasPrefix("<svg role=\"img\" aria-label=\"A &lt;chart&gt;: C\" class=\"m\">"))
    #expect(html.contains("id=\"f-c0\"") && html.contains("url(#f-c0)"))
    #expect(EmbeddedFigure(figure, svg: "no chart") == nil)
  }
}

/// What is in a page.
final class XMLDocumentCheck: NSObject, XMLParserDelegate {
  private(set) var isWellFormed = false
  private(set) var names: Set<String> = []
  private(set) var links: [String] = []

  init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.replacing("<!DOCTYPE html>", with: "").utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    names.insert(name)
    links += ["href", "src"].compactMap { attributes[$0] }
  }
}
