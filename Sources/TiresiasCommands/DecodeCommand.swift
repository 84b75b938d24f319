import ArgumentParser
import StructuredText
import Tokenization

struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Turns token ids on standard input into text on standard output.",
    discussion: """
      The text is that of the Hugging Face 'tokenizers' package: bytes that make no UTF-8 become U+FFFD, and special
      tokens are kept unless --skip-special is given. Text documents follow each other with nothing between.

      Example:
        echo '1328 753 594 15' | tiresias decode --tokenizer 20B_tokenizer.json
      """)

  enum Target: String, CaseIterable, ExpressibleByArgument { case text, jsonl }

  @Option(help: ArgumentHelp("The tokenizer.json to use.", valueName: "file"))
  var tokenizer: String

  @Option(help: "What comes in: decimal ids, JSON arrays (both one line a document), or one document of raw u16.")
  var from: TokenForm = .ids

  @Option(help: "What goes out: plain text, or a JSON string a line.")
  var to: Target = .text

  @Flag(help: "Leave special tokens out.")
  var skipSpecial = false

  func run() throws {
    let tokenizer = try Tokenizer(path: tokenizer)
    let input = StandardInput()
    let output = StandardOutput()
    var line = 0
    while let ids = try from.next(from: input, line: &line) {
      let text = try ids.withUnsafeBufferPointer { try tokenizer.decodedText($0, skipSpecial: skipSpecial) }
      switch to {
      case .text: try output.write(text)
      case .jsonl: try output.write(Self.line(text))
      }
    }
    try output.flush()
  }

  private static func line(_ text: [UInt8]) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(text)
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
