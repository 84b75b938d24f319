import ArgumentParser
import StructuredText
import Tokenization

struct EncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Turns text on standard input into token ids on standard output.",
    discussion: """
      Ids are those of the Hugging Face 'tokenizers' package without added special tokens. With --from text the whole
      input is one document; with --from jsonl each line is one: a JSON string, or an object with a string 'text'.

      Example:
        echo 'He said so.' | tiresias encode --tokenizer 20B_tokenizer.json
      """)

  enum Source: String, CaseIterable, ExpressibleByArgument { case text, jsonl }

  @Option(help: ArgumentHelp("The tokenizer.json to use.", valueName: "file"))
  var tokenizer: String

  @Option(help: "What comes in.")
  var from: Source = .text

  @Option(help: "What goes out: decimal ids, JSON arrays (both one line a document), or raw little-endian u16.")
  var to: TokenForm = .ids

  func run() throws {
    let encoder = Encoder(try Tokenizer(path: tokenizer))
    let input = StandardInput()
    let output = StandardOutput()
    switch from {
    case .text:
      try output.write(to.bytes(of: encode(input.readAll(), encoder, "standard input")))
    case .jsonl:
      var line = 0
      while let bytes = try input.nextLine() {
        line += 1
        let name = "standard input:\(line)"
        try output.write(to.bytes(of: encode(Self.text(of: bytes, name), encoder, name)))
      }
    }
    try output.flush()
  }

  private static func text(of line: [UInt8], _ name: String) throws -> [UInt8] {
    let node = try JSONNode.parse(line, name: name)
    if case .string(let text) = node.value { return Array(text.utf8) }
    return Array(try node.member("text").string().utf8)
  }

  private func encode(_ text: [UInt8], _ encoder: Encoder, _ name: String) throws -> [UInt32] {
    do {
      return try encoder.encode(text)
    } catch let failure as TokenizerFailure {
      throw CommandFailure("\(name): \(failure.reason)")
    }
  }
}
