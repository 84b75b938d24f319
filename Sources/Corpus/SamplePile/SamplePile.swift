/// A synthetic Pile of any size: 22 subsets of plausible text with their real names, in roughly their real shares.
///
/// The text comes from a grammar written for this project (`SamplePileGrammar+*.swift`); no word of it is anybody's data.
/// It is what `make demo` runs on and what tests read where a fresh machine has no Pile.
///
/// What holds:
/// - Document *i* is a pure function of the seed and *i*. Neither the number of documents nor of shards moves a byte of it, so
///   a larger sample begins with the smaller one of the same seed.
/// - Every 1,000 documents *1000k ..< 1000(k+1)* hold each subset exactly as often as ``Subset/documentsPerThousand`` says,
///   evenly spread: all 22 appear in any 500 documents in a row.
/// - The text is valid UTF-8. It is not always normalized, printable or polite to parsers: see ``Fate``.
///
/// Figures, measured over documents 0 ..< 20,000 of seeds 1, 2 and 3: SAMPLEFIGURES
public struct SamplePile: Sendable {
  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  public struct Document: Sendable {
    public let subset: Subset
    /// UTF-8; now and then empty.
    public let text: [UInt8]
  }

  /// Writes document `index` (from 0). Costs its length: about 10 ms a megabyte in a release build.
  public func document(_ index: Int) -> Document {
    let author = Author(self)
    let subset = author.write(index)
    return Document(subset: subset, text: author.text)
  }

  /// The key of everything random about one document.
  func key(of index: Int) -> UInt64 { SamplePile.mix(SamplePile.mix(seed) ^ UInt64(index)) }
}
