import ArgumentParser
import Glibc
import LoopbackServer
import TrainingOrder
import Viewing

/// `tiresias view`: a page to leaf through a finished window.
struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view",
    abstract:
      "Opens a page on this machine to look through a finished window: samples before and after, search, filters.",
    discussion: """
      Prints an address to open in a browser, and serves it until Ctrl-C. It listens on this machine's own addresses only \
      (127.0.0.1 and ::1), answers nobody without the address's key, and loads nothing from elsewhere. On a cluster: \
      ssh -L 8000:127.0.0.1:PORT NODE, and open the address with 8000 in place of the port.

      With the window's base as --dataset documents are shown too, and their subsets, files and lines where a sidecar knows them.

        tiresias view out/NAME/manifest.json
        tiresias view out/NAME/manifest.json --dataset pile_0.87_deduped_text_document --goto tiresias:0123456789abcdef:133500:17
      """)

  @OptionGroup var inputs: OrderInputs
  @Option(help: "The port to listen on; a free one without it.")
  var port = 0
  @Option(help: ArgumentHelp("Begin with this sample, a reference that the page copies.", valueName: "reference"))
  var goto: String?
  @Option(help: "The tokenizer.json of the data, where the run's own is not at hand.")
  var tokenizer: String?

  func validate() throws {
    guard inputs.window != nil else { throw ValidationError("Give the manifest.json of a finished window.") }
    guard 0...65535 ~= port else { throw ValidationError("--port must be from 0 to 65535.") }
    if let goto {
      do { _ = try SampleReference(goto) } catch { throw ValidationError("--goto: \(error)") }
    }
  }

  func run() throws {
    let manifest = inputs.window ?? ""
    let place = try goto.map { try SampleReference($0) }
    try place?.check(manifestPath: manifest)
    let base = inputs.dataset.isEmpty ? nil : try inputs.open(steps: nil).order
    let run = try BrowsedRun(manifestPath: manifest, tokenizer: tokenizer, base: base)
    if let place { _ = try run.sample(step: place.step, row: place.row) }
    let answers = ViewerAnswers(run)
    let signals = EndSignals()
    let server = try LoopbackServer(port: port) { answers.answer($0) }
    let output = StandardOutput()
    try output.write((server.address + (place.map { "#step=\($0.step)&row=\($0.row)" } ?? "") + "\n").utf8)
    try output.flush()
    for note in run.notes { StandardError.say("note: \(note)") }
    StandardError.say("Ctrl-C ends it.")
    signals.wait()
    server.close()
  }
}

/// SIGINT and SIGTERM, waited for. Made before other threads, which must not be the ones to get them.
private struct EndSignals {
  private var set = sigset_t()

  init() {
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  func wait() {
    var (set, signal): (sigset_t, Int32) = (set, 0)
    while sigwait(&set, &signal) != 0 {}
  }
}
