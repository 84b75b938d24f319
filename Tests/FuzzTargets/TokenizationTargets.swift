import Tokenization

extension FuzzTarget {
  /// `tokenizer.json`: whatever is accepted encodes and decodes any text.
  static let tokenizer = FuzzTarget("tokenizer", seeds: [smallTokenizer]) { _ in
    let texts = ["", "a b", " the  cat's 12\n\n", "é e\u{301} 中文 \u{1F600}<|endoftext|>x"].map { [UInt8](utf8: $0) }
    return { bytes in
      let tokenizer = try Tokenizer(json: Array(bytes), name: "tokenizer.json")
      let encoder = Encoder(tokenizer)
      for text in texts {
        guard let ids = try? encoder.encode(text) else { continue }
        for id in ids { try Disagreement.check(tokenizer.contains(id), "an id that encoding gives has a token: \(id)") }
        _ = try ids.withUnsafeBufferPointer { try tokenizer.decodedText($0, skipSpecial: true) }
        var bytes: [UInt8] = []
        var starts: [Int] = []
        let missing = tokenizer.decodeRun(ids, into: &bytes, starts: &starts)
        try Disagreement.check(missing == nil, "what was encoded has bytes: \(ids)")
        if !tokenizer.normalizes { try Disagreement.check(bytes == text, "decoding \(ids) gives \(text): \(bytes)") }
      }
    }
  }

  /// A tokenizer of all bytes and a few merges.
  static let smallTokenizer: [UInt8] = {
    var next: UInt32 = 0x100
    // GPT-2's printable stand-ins for the 256 bytes.
    let alphabet = (0..<256).map { (byte: UInt32) in
      if 33...126 ~= byte || 161...172 ~= byte || 174...255 ~= byte { return byte }
      next += 1
      return next - 1
    }
    let letters = alphabet.map { #""\u\#(hexadecimal($0))""# }
    let tokens = letters + ["th", "the", "\\u0120the"].map { "\"\($0)\"" }
    let vocabulary = tokens.enumerated().map { "\($0.element):\($0.offset + 1)" }.joined(separator: ",")
    return [UInt8](
      utf8: #"""
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"special":true,"content":"<|endoftext|>",
        "single_word":false,"lstrip":false,"rstrip":false,"normalized":false}],"normalizer":{"type":"NFC"},
        "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},
        "post_processor":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},
        "decoder":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},
        "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,"end_of_word_suffix":null,
        "fuse_unk":false,"vocab":{"<|endoftext|>":0,\#(vocabulary)},"merges":["t h","th e","Ġ the"]}}
        """#)
  }()

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
