import ByteIO
import TokenDataset
import TrainingOrder

/// A finished window as a source of samples: what the trainer sees at the window's steps, in one arm.
public struct WindowSource: SampleSource, Sendable {
  public enum Arm: Sendable {
    /// What was intervened on; of a run without `swap`, its only samples.
    case window
    case control
  }

  public let manifest: Manifest
  let folder: String
  private let dataset: TokenDataset

  /// Whether the control that the manifest names lies beside it: it can be left behind, since `tiresias revert` makes it again.
  public var hasControl: Bool {
    manifest.trainer.controlPrefix.map { FileSystem.exists(folder + "/" + $0 + ".idx") } ?? false
  }

  public var sequenceLength: Int { manifest.run.sequenceLength }
  public var tokenType: TokenType { dataset.tokenType }
  public var positions: Range<Int> {
    manifest.window.firstSample..<(manifest.window.firstSample + manifest.window.samples)
  }

  /// Throws for a control where the run wrote none.
  public init(manifestPath: String, arm: Arm = .window) throws {
    manifest = try Manifest.load(manifestPath)
    folder = FileSystem.parent(of: manifestPath) ?? "."
    guard let prefix = arm == .window ? manifest.trainer.dataPrefix : manifest.trainer.controlPrefix else {
      throw PipelineFailure(manifestPath, "the run wrote no control (control: false)")
    }
    dataset = try manifest.dataset(prefix, besides: manifestPath)
    let tokens = manifest.window.samples * (manifest.run.sequenceLength + 1)
    guard dataset.itemCount == manifest.window.samples, dataset.tokenCount == tokens else {
      throw PipelineFailure(
        dataset.prefix, "it is not the window that \(manifestPath) describes. Run `tiresias verify`.")
    }
  }

  public func copyBytes(ofSequence q: Int, into target: UnsafeMutableRawPointer) throws {
    guard positions.contains(q) else {
      throw PipelineFailure(dataset.prefix, "sequence \(q) is not in the window, which has \(positions)")
    }
    try dataset.copyBytes(item: q - positions.lowerBound, count: sequenceLength + 1, into: target)
  }

  /// Copies the L + 1 token ids of a sequence of the window.
  public func copyTokens(ofSequence q: Int, into target: UnsafeMutablePointer<UInt32>) throws {
    guard positions.contains(q) else {
      throw PipelineFailure(dataset.prefix, "sequence \(q) is not in the window, which has \(positions)")
    }
    try dataset.copyTokens(item: q - positions.lowerBound, count: sequenceLength + 1, into: target)
  }

  /// The L + 1 tokens of a sequence of the window.
  public func tokens(ofSequence q: Int) throws -> [UInt32] {
    guard positions.contains(q) else {
      throw PipelineFailure(dataset.prefix, "sequence \(q) is not in the window, which has \(positions)")
    }
    return try dataset.tokens(of: q - positions.lowerBound)
  }
}

extension Manifest {
  /// A data set of the run, which lies beside its manifest.
  func dataset(_ prefix: String, besides manifestPath: String) throws -> TokenDataset {
    let path = (FileSystem.parent(of: manifestPath) ?? ".") + "/" + prefix
    guard FileSystem.exists(path + ".idx") else {
      throw PipelineFailure(
        manifestPath, "\(prefix).idx is not beside it. A manifest and what it names are moved together, as one folder.")
    }
    return try TokenDataset(prefix: path)
  }
}
