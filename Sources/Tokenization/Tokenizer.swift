import ByteIO
import StructuredText

/// A byte-level BPE tokenizer out of a Hugging Face `tokenizer.json`, as GPT-2, GPT-NeoX and OLMo have it.
///
/// Immutable: share one between threads. To encode, give each worker an ``Encoder``. Anything in the file that would make
/// the reference (`tokenizers` 0.23.3) behave otherwise than this code does is refused by its key.
public final class Tokenizer: Sendable {
  /// The file, as messages call it.
  public let name: String
  let vocabulary: Vocabulary
  let merges: MergeTable
  let segmenter: Segmenter
  /// True if text is brought to NFC before it is cut into pre-tokens.
  public let normalizes: Bool

  /// Reads a `tokenizer.json`. 20B's takes about 0.1 s.
  public convenience init(path: String) throws {
    try self.init(json: FileSystem.contents(of: path, limit: 1 << 28), name: path)
  }

  /// Reads the bytes of a `tokenizer.json`; `name` is what messages call it.
  public init(json: [UInt8], name: String) throws {
    let file = try TokenizerFile(json: json, name: name)
    self.name = name
    normalizes = file.normalizes
    vocabulary = try Vocabulary(file)
    merges = try MergeTable(file)
    segmenter = Segmenter(added: file.addedTokens)
  }

  /// One more than the greatest id. Ids below may be unused; see ``contains(_:)``.
  public var vocabularySize: Int { vocabulary.size }

  public func contains(_ id: UInt32) -> Bool { vocabulary.contains(id) }

  /// True for ids that the file marks special: `<|endoftext|>` and its like. Decoding can leave them out.
  public func isSpecial(_ id: UInt32) -> Bool { vocabulary.isSpecial(id) }

  /// True for ids of added tokens: special ones, runs of spaces, and others that are cut out of a text before BPE.
  public func isAdded(_ id: UInt32) -> Bool { vocabulary.isAdded(id) }

  /// A token's bytes; none for an id without a token. The pointer lives as long as the tokenizer. O(1).
  public func bytes(of id: UInt32) -> UnsafeBufferPointer<UInt8> { vocabulary.bytes(of: id) }
}
