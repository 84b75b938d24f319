import StructuredText

/// LAMBADA as OpenAI published it: one JSON object a line, whose `text` is a passage. The last word is to be guessed.
public struct Lambada: Sendable {
  public struct Passage: Sendable, Equatable {
    public let line: Int
    /// All but the last word.
    public let context: String
    /// A space and the last word.
    public let continuation: String
  }

  public let passages: [Passage]

  public init(_ file: DataFile) throws {
    passages = try file.lines().filter { !$0.text.isEmpty }.map { line in
      let name = "\(file.path), line \(line.number)"
      let text = try JSONNode.parse(Array(line.text.utf8), name: name).member("text").string()
      guard let space = text.lastIndex(of: " "), space > text.startIndex, text.index(after: space) < text.endIndex
      else {
        throw file.failure(line: line.number, at: line.offset, "the text has no last word after a space")
      }
      return Passage(line: line.number, context: String(text[..<space]), continuation: String(text[space...]))
    }
    guard !passages.isEmpty else { throw file.failure(line: 1, "no passages") }
  }
}
