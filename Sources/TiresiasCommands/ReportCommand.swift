import ArgumentParser
import ByteIO
import Pipeline
import Reports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Compare the scores of interventions with those of their controls: a page, figures, tables, a summary.",
    discussion: """
      Reads result files of tiresias evaluate and of lm-evaluation-harness, current and old, and folders of them. Scores of \
      different evaluators, builds, data or steps are not compared, and the report names them. Figures need Python with \
      vl-convert-python (make report installs it); without it the report has its tables and says so.

      Example:
        tiresias report results/control results/intervention --manifest out/demo/manifest.json --output out/report
      """)

  @Argument(help: ArgumentHelp("Result files, and folders that hold them.", valueName: "result"))
  var results: [String]

  @Option(
    help: ArgumentHelp("The manifest of an intervention, for what was changed; as often as needed.", valueName: "file"))
  var manifest: [String] = []

  @Option(
    help: ArgumentHelp(
      "A table (.tsv) with columns file, model, arm, seed, step: what results are of that do not say it.",
      valueName: "file"))
  var labels: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output: String

  @Flag(help: "Compare what different evaluators scored, too, under a banner.")
  var allowMixed = false

  @Option(
    help: ArgumentHelp(
      "A Python with vl-convert-python (default: \(Self.defaultPython), where it is there, else python3).",
      valueName: "file"))
  var python: String?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  private static let defaultPython = ".venv-report/bin/python"
  /// Where `make report` puts the renderer, if it did.
  static var installedPython: String { FileSystem.exists(defaultPython) ? defaultPython : "python3" }

  func run() throws {
    let manifests = try manifest.map { try Manifest.load($0) }
    let files = try ResultFiles(results, labels: labels.map(ResultLabels.init(path:)))
    for file in files.skipped where !quiet { StandardError.say("skipped \(file.path): \(file.reason)") }
    let writer = ReportWriter(try Analysis(files, manifests: manifests, allowMixed: allowMixed))
    let renderer = FigureRenderer(python: python ?? Self.installedPython)
    if let failure = try writer.write(to: output, renderer: renderer) { StandardError.say("no figures: \(failure)") }
    guard !quiet else { return }
    for claim in writer.claims { print(claim) }
    print("\(output)/report.html")
  }
}
