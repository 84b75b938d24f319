import Pipeline
import StructuredText
import Testing

@Suite struct DataCardTests {
  private func card(_ manifest: Manifest) -> String {
    DataCard.text(manifest, command: "tiresias run pipelines/pythia-v0-7pct-m2f.yaml")
  }

  @Test func theFrontMatterIsYAMLThatTheHubUnderstands() throws {
    var manifest = Manifest.example
    manifest.name = "a \"name\"\n---\nlicense: mit"
    let parts = card(manifest).split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)
    #expect(parts[0].isEmpty)
    let node = try YAMLNode.parse(parts[1].utf8, file: "README.md")
    let fields = try node.entries("front matter").map(\.key)
    #expect(
      fields == ["pretty_name", "license", "license_name", "language", "task_categories", "size_categories", "tags"])
    #expect(try node.entries("front matter")[0].value.string("name") == manifest.name)
    #expect(try node.entries("front matter")[5].value.strings("sizes") == ["10M<n<100M"])
  }

  @Test func countsFilesAndCaveatsAreThere() {
    let text = card(.example)
    for part in [
      "the last 6.99 % of its training", "10,240,000 sequences of 2,049 tokens", "| edits                  |",
      "| he              | 3,000,000 |         0 |", "400,000 edits (4.26 %) were left out",
      "1.2 % of edits of stage 4", "| `window_document.bin`   | tokens of the window | 41,963,520,000 |",
      "tiresias run pipelines/pythia-v0-7pct-m2f.yaml\ntiresias verify manifest.json", "licences of the base data",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test func everyTableLinesUp() {
    let rows = card(.example).split(separator: "\n", omittingEmptySubsequences: false)
    for (row, next) in zip(rows, rows.dropFirst()) where row.hasPrefix("|") && next.hasPrefix("|") {
      #expect(row.unicodeScalars.count == next.unicodeScalars.count)
    }
  }

  @Test func textFromOutsideStaysText() {
    var manifest = Manifest.example
    manifest.description = "# <script>alert(1)</script> | [x](javascript:y)"
    manifest.warnings = ["a\n# b"]
    manifest.pipeline.text = "a\n```\n# b"
    manifest.counts.byRule[0].rule = "r|s"
    manifest.outputs[0].path = "a|`b`"
    let text = card(manifest)
    #expect(text.contains("\\# \\<script\\>alert(1)\\</script\\> \\| \\[x\\](javascript:y)\n"))
    #expect(text.contains("- a # b\n") && text.contains("````yaml\na\n```\n# b\n````\n"))
    #expect(text.contains("| r\\|s |") && text.contains("| `` a\\|`b` ``"))
  }

  @Test func whatIsNotThereIsLeftOut() {
    var manifest = Manifest.example
    manifest.pronouns = nil
    manifest.warnings = []
    manifest.trainer.controlPrefix = nil
    manifest.counts.kept = []
    (manifest.counts.uncertain, manifest.counts.cut) = (0, 0)
    let text = card(manifest)
    #expect(!text.contains("## Caveats") && !text.contains("## Pronouns") && !text.contains("The control is"))
    #expect(!text.contains("\n\n\n"))
  }
}
