/// Why a sample cannot be made. Nothing of it is written then.
public enum InterventionError: Error, Equatable, CustomStringConvertible {
  /// A token of the base is not in the vocabulary.
  case unknownToken(id: UInt32, dataset: Int, item: Int, offset: Int)
  /// The training order ends before an edited sample is full.
  case orderEnds(sequence: Int)
  /// The tokenizer has no padding token, which `length: pad` needs.
  case noPaddingToken
  /// A pack that maps token ids is not the only swap.
  case tokenMapBesideOthers(pack: String)
  /// What a pack says that its ids stand for is not what they stand for in the tokenizer.
  case otherTokenizer(pack: String, tokenizer: String, id: UInt32)

  public var description: String {
    switch self {
    case .unknownToken(let id, let dataset, let item, let offset):
      "data set \(dataset), item \(item), token \(offset): id \(id) is not in the tokenizer's vocabulary."
        + " Check that the base was made with this tokenizer."
    case .orderEnds(let sequence):
      "sequence \(sequence): the training order ends before the edited sample is full."
        + " Use `length: aligned` or `pad`."
    case .noPaddingToken:
      "the tokenizer has no <|padding|> token, which `length: pad` needs. Use another length policy."
    case .tokenMapBesideOthers(let pack):
      "the pack \(pack) maps token ids and must be the only swap. Take the others out, or run them as another variant."
    case .otherTokenizer(let pack, let tokenizer, let id):
      "the pack \(pack) maps ids of the tokenizer \(tokenizer), and id \(id) or what stands for it is another token in the"
        + " one that is used."
    }
  }
}
