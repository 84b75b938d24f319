import Tokenization

/// Turns tokens into pieces of text.
struct TokenText: Sendable {
  let tokenizer: Tokenizer

  /// Appends tokens as text, special ones by name. Throws for an id that the tokenizer does not have.
  func append(_ tokens: ArraySlice<UInt32>, to pieces: inout [SampleText.Piece], of place: String) throws {
    var text: [UInt8] = []
    for (index, token) in zip(tokens.indices, tokens) {
      guard tokenizer.contains(token) else {
        throw ViewingFailure(
          place, "token \(index) is \(token), which the tokenizer does not have: is it the data's own?")
      }
      if tokenizer.isSpecial(token) {
        if !text.isEmpty { pieces.append(.text(text)) }
        text.removeAll()
        pieces.append(.special(String(decoding: tokenizer.bytes(of: token), as: UTF8.self)))
      } else {
        text += tokenizer.bytes(of: token)
      }
    }
    if !text.isEmpty { pieces.append(.text(text)) }
  }

  /// The bytes of tokens none of which need be known.
  func bytes(of tokens: [UInt32]) -> [UInt8] {
    tokens.flatMap { tokenizer.contains($0) ? Array(tokenizer.bytes(of: $0)) : [] }
  }
}

/// Why a sample cannot be shown.
public struct ViewingFailure: Error, CustomStringConvertible {
  public let place: String
  public let reason: String

  init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  public var description: String { "\(place): \(reason)" }
}
