import TestSupport
import Tokenization

/// A byte-level tokenizer of a few merges: 0 is `<|endoftext|>`, 1 is `<|padding|>`.
func smallTokenizer() throws -> Tokenizer {
  let folder = TemporaryFolder()
  let path = folder.file("tokenizer.json")
  try TinyTokenizer.write(path, merges: TinyTokenizer.commonMerges + ["Ġ h", "Ġh e", "Ġ s", "Ġs h", "Ġsh e"])
  return try Tokenizer(path: path)
}

func ids(_ text: String, _ tokenizer: Tokenizer) throws -> [Int32] {
  try Encoder(tokenizer).encode(Array(text.utf8)).map { Int32($0) }
}
