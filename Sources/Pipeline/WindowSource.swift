import ByteIO
import TokenDataset
import TrainingOrder

/// A finished window as a source of samples: what the trainer sees at the window's steps.
public struct WindowSource: SampleSource {
  public let manifest: Manifest
  let folder: String
  private let dataset: TokenDataset

  public var sequenceLength: Int { manifest.run.sequenceLength }
  public var tokenType: TokenType { dataset.tokenType }
  public var positions: Range<Int> {
    manifest.window.firstSample..<(manifest.window.firstSample + manifest.window.samples)
  }

  public init(manifestPath: String) throws {
    manifest = try Manifest.parse(FileSystem.contents(of: manifestPath, limit: 1 << 28), name: manifestPath)
    folder = FileSystem.parent(of: manifestPath) ?? "."
    dataset = try TokenDataset(prefix: folder + "/" + manifest.trainer.dataPrefix)
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

  /// The L + 1 tokens of a sequence of the window.
  public func tokens(ofSequence q: Int) throws -> [UInt32] {
    guard positions.contains(q) else {
      throw PipelineFailure(dataset.prefix, "sequence \(q) is not in the window, which has \(positions)")
    }
    return try dataset.tokens(of: q - positions.lowerBound)
  }
}
