import Intervention
import Tokenization

/// A passage around one edit, as it was and as it is.
struct Excerpt: Equatable {
  enum Piece: Equatable {
    case text(String)
    /// The edit that the excerpt is of, or another that stands near it.
    case edit(before: String, after: String, isChosen: Bool)
  }

  var sequence: Int
  var step: Int
  var row: Int
  /// Of the region's first token in the control sample.
  var position: Int
  var rule: String
  /// The choice that was taken.
  var branch: String
  var isUncertain: Bool
  /// Nil where it is not known.
  var subset: String?
  var pieces: [Piece]
}

/// Writes a sample's edits out with the text around them.
struct ExcerptText {
  /// Characters on either side of an edit.
  static let context = 60
  /// Tokens that are looked at on either side: a character has at most four bytes, a token at least one.
  private static let reach = 4 * context

  let tokenizer: Tokenizer
  let record: SampleRecord

  /// The passage around an edit that lies in the sample.
  func pieces(around chosen: Int) throws -> [Excerpt.Piece] {
    let region = tokens(of: chosen)
    let core = max(0, region.lowerBound - Self.reach)..<min(record.control.count, region.upperBound + Self.reach)
    let near = record.edits.indices.filter { core.contains(tokens(of: $0)) || $0 == chosen }
    var (left, edit, right): ([Excerpt.Piece], [Excerpt.Piece], [Excerpt.Piece]) = ([], [], [])
    var end = core.lowerBound
    for index in near {
      let region = tokens(of: index)
      guard index == chosen || region.lowerBound >= end else { continue }
      let text = try text(from: end, to: region.lowerBound)
      if index <= chosen { left.append(text) } else { right.append(text) }
      let (front, middle, back) = try pieces(of: index, isChosen: index == chosen)
      switch index {
      case ..<chosen: left += [front, middle, back]
      case chosen: (edit, left, right) = ([middle], left + [front], [back])
      default: right += [front, middle, back]
      }
      end = region.upperBound
    }
    right.append(try text(from: end, to: core.upperBound))
    return Self.end(of: left) + edit + Self.beginning(of: right)
  }

  private func tokens(of index: Int) -> Range<Int> {
    let edit = record.edits[index]
    return edit.position..<(edit.position + edit.beforeIDs.count)
  }

  /// The base's text; of tokens outside of the sample, none.
  private func text(from start: Int, to end: Int) throws -> Excerpt.Piece {
    .text(try text(record.control[(start..<max(start, end)).clamped(to: record.control.indices)]))
  }

  private func text(_ ids: ArraySlice<UInt32>) throws -> String {
    String(decoding: try bytes(ids), as: UTF8.self)
  }

  private func bytes(_ ids: ArraySlice<UInt32>) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try ids.withUnsafeBufferPointer { try tokenizer.decode($0, into: &bytes) }
    return bytes
  }

  /// An edit with what its region holds on either side of the word.
  private func pieces(of index: Int, isChosen: Bool) throws -> (Excerpt.Piece, Excerpt.Piece, Excerpt.Piece) {
    let edit = record.edits[index]
    let (before, after) = (record.text[edit.before], record.text[edit.after])
    let old = try bytes(record.ids[edit.beforeIDs])
    let new = try bytes(record.ids[edit.afterIDs])
    let place = Self.place(of: before, in: old, madeInto: new, with: after)
    let middle = Excerpt.Piece.edit(
      before: place.map { String(decoding: old[$0], as: UTF8.self) } ?? String(decoding: old, as: UTF8.self),
      after: place == nil ? String(decoding: new, as: UTF8.self) : String(decoding: after, as: UTF8.self),
      isChosen: isChosen)
    let word = place ?? old.indices
    return (
      .text(String(decoding: old[..<word.lowerBound], as: UTF8.self)), middle,
      .text(String(decoding: old[word.upperBound...], as: UTF8.self))
    )
  }

  /// Where a word stands in a region's text: where putting the new word in its place gives the region's new text.
  private static func place(
    of word: ArraySlice<UInt8>, in old: [UInt8], madeInto new: [UInt8], with after: ArraySlice<UInt8>
  ) -> Range<Int>? {
    guard word.count <= old.count else { return nil }
    return (0...(old.count - word.count)).lazy.map { $0..<($0 + word.count) }.first {
      old[$0].elementsEqual(word) && new.elementsEqual(old[..<$0.lowerBound] + after + old[$0.upperBound...])
    }
  }

  // MARK: As much as is shown

  private static func beginning(of pieces: [Excerpt.Piece]) -> [Excerpt.Piece] {
    cut(pieces) { String($0.prefix($1)) }
  }

  private static func end(of pieces: [Excerpt.Piece]) -> [Excerpt.Piece] {
    cut(pieces.reversed()) { String($0.suffix($1)) }.reversed()
  }

  /// Pieces until there are enough characters. An edit is never cut.
  private static func cut(_ pieces: [Excerpt.Piece], _ part: (String, Int) -> String) -> [Excerpt.Piece] {
    var room = context
    var kept: [Excerpt.Piece] = []
    for piece in pieces where room > 0 {
      switch piece {
      case .text(let text) where text.isEmpty: continue
      case .text(let text):
        kept.append(.text(part(text, room)))
        room -= text.count
      case .edit(let before, _, _):
        kept.append(piece)
        room -= before.count
      }
    }
    return kept
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
