import ByteIO
import TrainingOrder

/// A window's index maps, built again from its manifest alone: so a folder can be copied without these files, which are large
/// where their zeros are written out.
public struct WindowReplay: Sendable {
  private let manifest: Manifest
  private let folder: String

  /// Throws where the file is no manifest.
  public init(manifestPath: String) throws {
    manifest = try Manifest.load(manifestPath)
    folder = FileSystem.parent(of: manifestPath) ?? "."
  }

  /// Writes the maps of window and control under both namings, into `output` or beside the manifest, and returns their paths.
  ///
  /// Guarded ones are those of the run, and throw if their hashes are not the manifest's. Without the guard, positions outside
  /// the window read item 0. Takes 20 bytes of disk a sample of the window, and some milliseconds for a thousand of them.
  @discardableResult
  public func write(to output: String? = nil, isGuarded: Bool = true) throws -> [String] {
    if let output { try FileSystem.makeDirectory(output) }
    let run = try manifest.trainingRun()
    let prefixes = [manifest.trainer.dataPrefix] + (manifest.trainer.controlPrefix.map { [$0] } ?? [])
    return try prefixes.flatMap { prefix in
      let maps = try WindowIndexMaps(
        prefix: (output ?? folder) + "/" + prefix, itemCount: manifest.window.samples,
        firstPosition: manifest.window.firstSample, run: run, isGuarded: isGuarded)
      let paths = try maps.write()
      if isGuarded { try paths.forEach(requireRecorded) }
      return paths
    }
  }

  private func requireRecorded(_ path: String) throws {
    let name = FileSystem.name(of: path)
    guard let record = manifest.outputs.first(where: { FileSystem.name(of: $0.path) == name }) else {
      throw PipelineFailure(path, "the manifest has no index map of this name: another version of tiresias wrote it")
    }
    let sha256 = try SHA256.hash(file: path)
    guard sha256 == record.sha256 else {
      throw PipelineFailure(
        path, "its SHA-256 is \(sha256), the manifest's \(record.sha256): another version of tiresias wrote that one")
    }
  }
}

extension Manifest {
  /// The numbers that decide which samples the run reads when. Throws where no run can have them.
  func trainingRun() throws -> TrainingRun {
    try TrainingRun(
      trainIterations: run.trainIterations, batchSize: run.batchSize, sequenceLength: run.sequenceLength,
      seed: UInt32(run.seed))
  }
}
