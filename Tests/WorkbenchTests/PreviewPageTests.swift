import Foundation
import Testing

@testable import Workbench

@Suite struct PreviewPageTests {
  @Test func whatStrangersWroteIsEscaped() throws {
    let found = try hits("<script>alert('x')</script> & he \"quoted\"", pack(pronouns), subset: "<b>\"'&")
    let page = PreviewPage(pack: "<p> 1.0.0", hits: found, of: 1).text
    #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; "))
    #expect(page.contains("data-subset=\"&lt;b&gt;&quot;&#39;&amp;\""))
    #expect(page.contains("<title>&lt;p&gt; 1.0.0: preview</title>"))
    #expect(page.components(separatedBy: "<script>").count == 2)
  }

  @Test func thePageNeedsNoNetworkAndNoScriptForItsTable() throws {
    let page = PreviewPage(pack: "p 1.0.0", hits: try hits("he, his", pack(pronouns)), of: 9).text
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("src="))
    #expect(page.contains("2 of 9 words") && page.contains("<del>he</del> <ins>she</ins>"))
    #expect(page.contains("<form id=\"filters\" hidden>") && page.contains("prefers-color-scheme: dark"))
  }
}
