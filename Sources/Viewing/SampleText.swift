/// What a trainer reads in one row of one step, as text.
public struct SampleText: Sendable, Equatable {
  /// The sample's place in the run's order (into shuffle_idx).
  public var sequence: Int
  public var step: Int
  public var row: Int
  /// In the order in which the tokens stand.
  public var pieces: [Piece]

  public enum Piece: Sendable, Equatable {
    /// A part of a document begins here.
    case document(Document)
    /// Text as it was and is. UTF-8, but for characters that the sample's edges cut.
    case text([UInt8])
    case special(String)
    case edit(Edit)
  }

  /// Where a part of the sample comes from.
  public struct Document: Sendable, Equatable {
    /// The data set's path without its ending, and the item in it.
    public var dataset: String
    public var item: Int
    /// The item's tokens that the sample has, and all that it has.
    public var tokens: Range<Int>
    public var size: Int
    /// What the sidecar says; nil where there is none.
    public var subset: String?
    public var place: Place?
  }

  /// Where a document stood in the raw data: a file, and a line from 1.
  public struct Place: Sendable, Equatable {
    public var file: String
    public var line: Int
  }

  /// A change: the text of the tokens that were replaced, and of those in their place.
  public struct Edit: Sendable, Equatable {
    public var before: [UInt8]
    public var after: [UInt8]
    /// Pack's entry and branch, as the edit log names them.
    public var rule: String
    public var branch: String
    /// Index of the first token in the control and in the window; below 0 where it begins in the sample before.
    public var position: Int
    public var outputPosition: Int
  }

  /// The sample as the trainer of the window reads it, or as it was.
  public func text(edited: Bool) -> [UInt8] {
    pieces.reduce(into: []) { text, piece in
      switch piece {
      case .document: break
      case .text(let bytes): text += bytes
      case .special(let token): text += token.utf8
      case .edit(let edit): text += edited ? edit.after : edit.before
      }
    }
  }

  public var edits: [Edit] {
    pieces.compactMap { if case .edit(let edit) = $0 { edit } else { nil } }
  }
}

extension SampleText {
  /// Moves parts of characters that an edit's borders divide into the edit, so that every piece can be shown by itself.
  mutating func joinCharacters() {
    for index in pieces.indices {
      guard case .edit(var edit) = pieces[index] else { continue }
      if index > 0, case .text(var text) = pieces[index - 1] {
        let front = Array(text.suffix(Self.openBytes(at: text)))
        text.removeLast(front.count)
        (edit.before, edit.after) = (front + edit.before, front + edit.after)
        pieces[index - 1] = .text(text)
      }
      if index + 1 < pieces.count, case .text(var text) = pieces[index + 1] {
        let back = Array(text.prefix { $0 & 0xC0 == 0x80 })
        text.removeFirst(back.count)
        (edit.before, edit.after) = (edit.before + back, edit.after + back)
        pieces[index + 1] = .text(text)
      }
      pieces[index] = .edit(edit)
    }
    pieces.removeAll { $0 == .text([]) }
  }

  /// How many bytes at a text's end begin a character that does not end in it.
  private static func openBytes(at text: [UInt8]) -> Int {
    for count in 1...3 where count <= text.count {
      let byte = text[text.count - count]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      return length > count ? count : 0
    }
    return 0
  }
}
