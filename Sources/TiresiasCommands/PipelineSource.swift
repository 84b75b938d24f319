import ArgumentParser
import ByteIO
import Corpus
import Pipeline
import Planning

/// A pipeline file as `plan` and `submit` take it.
struct PipelineSource: ParsableArguments {
  @Argument(help: "The pipeline file.")
  var pipeline: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Change a setting of the file, as in `tiresias run`. Repeatable.", valueName: "stage.key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Where the results go, instead of the file's emit.to.", valueName: "dir"))
  var output: String?

  @Option(help: "What to do with a line of a raw Pile that cannot be read: stop, or skip it and count it.")
  var onError = ErrorPolicy.stop

  @Option(
    help: ArgumentHelp(
      "Streams an input of a raw Pile to standard output, {} being its name: 'ssh data cat {}'.", valueName: "command"))
  var inputCommand: String?

  func validate() throws { try InputCommand.validate(inputCommand) }

  private func load() throws -> (file: PipelineFile, bytes: [UInt8], folder: String, tokens: TokenizeJob?) {
    let bytes = try FileSystem.contents(of: pipeline, limit: 1 << 22)
    let file = try PipelineFile.load(pipeline, bytes: bytes, settings: settings)
    var folder = output ?? file.emit.folder.replacing("{name}", with: file.name)
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    var location = BaseLocation()
    (location.onError, location.inputCommand) = (onError, inputCommand)
    return (file, bytes, folder, try location.job(for: file, emit: folder))
  }

  /// What is to be made next: the tokens of a raw Pile that are not there yet, or the window.
  func plannedOutput() throws -> String {
    let (_, _, folder, tokens) = try load()
    if let tokens, try !tokens.isDone() { return tokens.base }
    return folder
  }

  /// Whether a window is still to be planned behind what is planned now.
  func hasNext() throws -> Bool { try load().tokens.map { try !$0.isDone() } ?? false }

  func plan(tasks: Int) throws -> RunPlan {
    let (file, bytes, folder, tokens) = try load()
    if let tokens, try !tokens.isDone() {
      let work = try PlannedTokenizing(tokens)
      return RunPlan(
        name: file.name, output: FileSystem.name(of: tokens.base), tasks: work.divided(tasks: tasks), work: work)
    }
    let base =
      switch file.read.source {
      case .idxmap(let prefixes): prefixes
      case .preshuffled(let prefix): [prefix]
      case .pile: tokens.map { [$0.base] } ?? []
      }
    let work = try PlannedWindow(file: pipeline, bytes: bytes, settings: settings, base: base)
    return try RunPlan(
      name: file.name, output: FileSystem.name(of: folder), tasks: work.divided(tasks: tasks), work: work)
  }
}
