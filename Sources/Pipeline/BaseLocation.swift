import ByteIO
import Corpus

/// Finds the base that a pipeline reads; a raw Pile is tokenized first, or found to be.
public struct BaseLocation: Sendable {
  public var workers = 1
  public var onError = ErrorPolicy.stop
  /// As ``TokenizeJob/inputCommand``.
  public var inputCommand: String?
  public var rehash = false
  public var progress = Progress.Style.automatic

  public init() {}

  /// Prefixes of the base's data sets. `emit` is the output's folder: a tokenized Pile is kept beside it.
  public func prefixes(for file: PipelineFile, emit folder: String) throws -> [String] {
    let job = try job(for: file, emit: folder)
    switch file.read.source {
    case .idxmap(let prefixes): return prefixes
    case .preshuffled(let prefix): return [prefix]
    case .pile:
      guard let job else { return [] }
      if let parent = FileSystem.parent(of: job.prefix) { try FileSystem.makeDirectory(parent) }
      let report = try job.run()
      Progress.note(report.summary, style: progress)
      return [report.base]
    }
  }

  /// What tokenizes the raw Pile that a pipeline reads; nil where it reads something else.
  public func job(for file: PipelineFile, emit folder: String) throws -> TokenizeJob? {
    guard case .pile(let inputs, let base) = file.read.source else {
      if inputCommand == nil { return nil }
      throw PipelineFailure(
        file.read.place, "--input-command streams the inputs of a raw Pile, and this pipeline reads none. Leave it out."
      )
    }
    var job = TokenizeJob(
      inputs: inputs, tokenizer: try TokenizerSource(file).path(),
      prefix: base ?? Self.defaultBase(inputs, folder))
    job.workers = workers
    job.onError = onError
    job.inputCommand = inputCommand
    job.rehash = rehash
    job.progress = progress
    return job
  }

  /// `OUT/../base/PILE`: shared by all variants that read the same Pile.
  static func defaultBase(_ inputs: [String], _ folder: String) -> String {
    var name = inputs[0]
    while name.hasSuffix("/") { name.removeLast() }
    return (FileSystem.parent(of: folder) ?? ".") + "/base/" + FileSystem.name(of: name)
  }
}
