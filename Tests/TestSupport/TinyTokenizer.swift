import Foundation

/// A byte-level tokenizer of a few merges, as small as tests like it.
public enum TinyTokenizer {
  /// Merges for words of the Pipeline's tests.
  public static let commonMerges = ["t h", "th e", "Ġ the", "i n", "a n", "Ġ a", "e r", "Ġ w"]

  /// Writes its `tokenizer.json`. A last token of a chosen id, which no text gives, makes its vocabulary larger; runs of
  /// spaces up to `longestRun` are added tokens.
  public static func write(
    _ path: String, lastID: Int? = nil, merges: [String] = commonMerges, longestRun: Int = 0
  ) throws {
    var vocabulary: [String: Int] = ["<|endoftext|>": 0, "<|padding|>": 1]
    for letter in byteAlphabet() { vocabulary[letter] = vocabulary.count }
    for merge in merges { vocabulary[merge.replacing(" ", with: "")] = vocabulary.count }
    if let lastID { vocabulary["<last>"] = lastID }
    let specials = ["<|endoftext|>", "<|padding|>"].enumerated().map { added($1, id: $0, isSpecial: true) }
    let runs = stride(from: 2, through: longestRun, by: 1).map {
      added(String(repeating: " ", count: $0), id: vocabulary.count + $0 - 2, isSpecial: false)
    }
    let byteLevel: [String: Any] = ["type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true]
    let json: [String: Any] = [
      "version": "1.0", "truncation": NSNull(), "padding": NSNull(), "added_tokens": specials + runs,
      "normalizer": ["type": "NFC"], "pre_tokenizer": byteLevel, "post_processor": byteLevel, "decoder": byteLevel,
      "model": [
        "type": "BPE", "dropout": NSNull(), "unk_token": NSNull(), "continuing_subword_prefix": NSNull(),
        "end_of_word_suffix": NSNull(), "fuse_unk": false, "vocab": vocabulary, "merges": merges,
      ],
    ]
    try JSONSerialization.data(withJSONObject: json, options: [.sortedKeys]).write(to: URL(filePath: path))
  }

  private static func added(_ content: String, id: Int, isSpecial: Bool) -> [String: Any] {
    [
      "id": id, "special": isSpecial, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
      "normalized": !isSpecial,
    ]
  }

  /// GPT-2's printable stand-ins for the 256 bytes.
  private static func byteAlphabet() -> [String] {
    let printable = Set(Array(33...126) + Array(161...172) + Array(174...255))
    var next: UInt32 = 256
    return (0..<256).map { byte in
      if printable.contains(byte) { return String(UnicodeScalar(UInt8(byte))) }
      next += 1
      return String(UnicodeScalar(next - 1)!)
    }
  }
}
