import ArgumentParser
import Pipeline

struct RevertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert",
    abstract: "Make the control again from a window and its edit log.",
    discussion: """
      The log says of every edit what was there before, so a window can be handed on without its control, and without the base. \
      Where the manifest has the control's hash, what comes out is compared with it; exits with 3 if it is another one.

        tiresias revert out/m2f/manifest.json --output control/control_document
      """)

  @Argument(
    help: "The window's manifest.json, or its folder, with window_document and edits/ in it.", transform: manifestPath)
  var manifest: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The data set to write: PREFIX.bin and PREFIX.idx.", valueName: "prefix"))
  var output: String

  func run() throws {
    let result = try WindowReversal(manifestPath: manifest).write(to: output)
    let verdict =
      switch result.isRecorded {
      case true?: "the manifest's control, byte for byte"
      case false?: "NOT the manifest's control"
      case nil: "the manifest has no control to compare with"
      }
    print("\(output): \(result.items) samples, \(result.edits) edits undone; \(verdict)")
    if result.isRecorded == false { throw ExitCode(3) }
  }
}
