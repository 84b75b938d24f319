import ArgumentParser
import Pipeline

struct OrderReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Builds a window's index maps again from its manifest.",
    discussion: """
      The maps are almost all zeros, and what copies them without knowing of sparse files makes gigabytes of them. So copy an \
      output folder without them, and build them where they are needed: for window and control, under both of GPT-NeoX's \
      namings, with the hashes that the manifest has. Prints the paths of the files.

        rsync -a --exclude '*_idx.npy' out/m2f/ host:m2f/
        tiresias order replay m2f/manifest.json
      """)

  @Argument(help: "The window's manifest.json, or its folder.", transform: manifestPath)
  var manifest: String

  @Flag(
    help: """
      Without the rows that make a step outside the window fail: there item 0 is read. Such maps are not the manifest's, \
      and verify says so.
      """)
  var noGuard = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; else beside the manifest.", valueName: "folder"))
  var output: String?

  func run() throws {
    for path in try WindowReplay(manifestPath: manifest).write(to: output, isGuarded: !noGuard) { print(path) }
  }
}
