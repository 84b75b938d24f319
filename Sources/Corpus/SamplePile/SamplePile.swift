/// A synthetic Pile of any size: 22 subsets of plausible text with their real names, in roughly their real shares.
///
/// The text comes from a grammar written for this project (`SamplePileGrammar+*.swift`); no word of it is anybody's data.
/// It is what `make demo` runs on and what tests read where a fresh machine has no Pile.
///
/// What holds:
/// - Document *i* is a pure function of the seed and *i*. Neither the number of documents nor of shards moves a byte of it, so
///   a larger sample begins with the smaller one of the same seed.
/// - The documents *1000k ..< 1000(k + 1)* hold each subset exactly as often as ``Subset/documentsPerThousand`` says, evenly
///   spread, and something of everything that readers stumble over: empty and one-word documents, runs of 1 to 60 spaces,
///   carriage returns, both normalization forms, control characters, literal `<|endoftext|>`, 100 kB in one document (see
///   `Fate`). One document in 4,000 has a megabyte.
/// - The text is valid UTF-8. A person with a gendered name keeps the pronoun throughout a document, and occupations lean to one
///   pronoun or the other as ``occupations`` says, so that a small model can learn it.
///
/// Figures of documents 0 ..< 20,000, seeds 1 to 3: 4,300 bytes and 775 words a document. Of all words 3.2 % are *he, him,
/// his, himself*, 2.4 % *she, her, hers, herself* (57 to 59 % of the two are masculine), 0.2 % *they, them, their, theirs*. The
/// first two together are 8 % in Books3 and Gutenberg, 20 % in OpenSubtitles, 9 % in FreeLaw and Wikipedia, 6 % in
/// OpenWebText2, 1.4 % in Github and ArXiv. Pronouns are denser than in the real Pile, and *hers* and the reflexives more
/// frequent among them, so that small samples exercise every rule.
public struct SamplePile: Sendable {
  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  public struct Document: Sendable {
    public let subset: Subset
    /// UTF-8; now and then empty.
    public let text: [UInt8]
  }

  /// Writes document `index` (from 0). Costs its length: about 10 ms a megabyte in a release build; many in a row are
  /// cheaper through ``write(to:documents:shards:format:progress:)``.
  public func document(_ index: Int) -> Document {
    let author = Author(self)
    let subset = author.write(index)
    return Document(subset: subset, text: author.text)
  }

  /// The key of everything random about one document.
  func key(of index: Int) -> UInt64 { SamplePile.mix(SamplePile.mix(seed) ^ UInt64(index)) }
}
