import Foundation
import TestSupport
import Testing

/// The command as users run it, on the small results of every form.
@Suite(.enabled(if: TiresiasBinary.path != nil))
struct ReportCommandTests {
  private let results = Assets.root + "/Tests/Results"

  @Test func `it writes the report, and says what it found`() throws {
    let folder = TemporaryFolder()
    let run = try TiresiasBinary.run(["report", results, "--output", folder.file("out"), "--python", "/dev/null"])
    #expect(run.status == 0)
    #expect(run.output.contains("Pythia v1 shows no significant difference at the last step"))
    #expect(run.errors.contains("no figures"))
    for file in ["report.html", "report.json", "summary.md", "tables/claims.tsv"] {
      #expect(FileManager.default.fileExists(atPath: folder.file("out/" + file)), "\(file)")
    }
  }

  @Test func `a file that is no result is named, with the place`() throws {
    let folder = TemporaryFolder()
    try Data(
      "{\"results\": {\"t\": {\"acc\": {}}}, \"config\": {\"model\": \"m\", \"model_args\": \"pretrained=x\"}}".utf8
    )
    .write(to: URL(filePath: folder.file("bad.json")))
    let run = try TiresiasBinary.run(["report", folder.path, "--output", folder.file("out")])
    #expect(run.status == 1)
    #expect(run.errors.contains("bad.json: results.t.acc: expected a number, found an object"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("out")))
  }

  @Test func `without results or a folder to write, it is a mistake of use`() throws {
    #expect(try TiresiasBinary.run(["report", "--output", "x"]).status == 2)
    #expect(try TiresiasBinary.run(["report", results]).status == 2)
  }
}
