import Foundation
import TestSupport

/// A byte-level tokenizer of a few merges, as small as tests like it.
enum TinyTokenizer {
  /// Writes its `tokenizer.json`. A last token of a chosen id, which no text gives, makes its vocabulary larger.
  static func write(_ path: String, lastID: Int? = nil) throws {
    var vocabulary: [String: Int] = ["<|endoftext|>": 0, "<|padding|>": 1]
    let alphabet = byteAlphabet()
    for letter in alphabet { vocabulary[letter] = vocabulary.count }
    let merges = ["t h", "th e", "Ġ the", "i n", "a n", "Ġ a", "e r", "Ġ w"]
    for merge in merges { vocabulary[merge.replacing(" ", with: "")] = vocabulary.count }
    if let lastID { vocabulary["<last>"] = lastID }
    let byteLevel: [String: Any] = ["type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true]
    let json: [String: Any] = [
      "version": "1.0", "truncation": NSNull(), "padding": NSNull(),
      "added_tokens": ["<|endoftext|>", "<|padding|>"].enumerated().map {
        [
          "id": $0, "special": true, "content": $1, "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false,
        ]
      },
      "normalizer": ["type": "NFC"], "pre_tokenizer": byteLevel, "post_processor": byteLevel, "decoder": byteLevel,
      "model": [
        "type": "BPE", "dropout": NSNull(), "unk_token": NSNull(), "continuing_subword_prefix": NSNull(),
        "end_of_word_suffix": NSNull(), "fuse_unk": false, "vocab": vocabulary, "merges": merges,
      ],
    ]
    try JSONSerialization.data(withJSONObject: json, options: [.sortedKeys]).write(to: URL(filePath: path))
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
