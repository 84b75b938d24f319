import Tokenization

/// What each token id can have to do with the terms: so that most tokens are passed over by one look, without text.
///
/// Three looks are enough for most of what is counted, too: a token that is a word between two that cannot join it.
final class TermMarks: @unchecked Sendable {  // immutable after init
  struct Mark: OptionSet {
    let rawValue: UInt8
    /// Ends a piece of text.
    static let special = Mark(rawValue: 1)
    /// The tokenizer does not have it.
    static let unknown = Mark(rawValue: 2)
    /// A word may begin in it.
    static let word = Mark(rawValue: 4)
    /// A form of a pack may begin in it.
    static let form = Mark(rawValue: 8)
    /// Between plain tokens exactly the words of ``plain(_:)`` begin in it.
    static let plain = Mark(rawValue: 16)
  }

  private struct Sides: OptionSet {
    let rawValue: UInt8
    /// Its last byte ends whatever word stands before the next token, its first whatever stands behind the last.
    static let endsPlainly = Sides(rawValue: 1)
    static let beginsPlainly = Sides(rawValue: 2)
  }

  // Each has a value for every id, and a last one for all greater ids.
  private let marks: UnsafeMutableBufferPointer<UInt8>
  private let sides: UnsafeMutableBufferPointer<Sides>
  private let words: [UInt32: [Int]]

  /// Takes some ms. `forms` are how the packs' forms begin.
  init(_ tokenizer: Tokenizer, _ finder: WordFinder, forms: [[UInt8]]) {
    let count = tokenizer.vocabularySize + 1
    marks = .allocate(capacity: count)
    marks.initialize(repeating: Mark.unknown.rawValue)
    sides = .allocate(capacity: count)
    sides.initialize(repeating: [])
    let (wordFronts, formFronts) = (Fronts(finder.beginnings), Fronts(forms))
    var words: [UInt32: [Int]] = [:]
    for id in 0..<UInt32(tokenizer.vocabularySize) where tokenizer.contains(id) {
      let bytes = Array(tokenizer.bytes(of: id))
      guard !tokenizer.isSpecial(id), let first = bytes.first, let last = bytes.last else {
        marks[Int(id)] = Mark.special.rawValue
        continue
      }
      sides[Int(id)] = [
        WordBytes.isPlain(first) ? .beginsPlainly : [], WordBytes.isPlain(last) ? .endsPlainly : [],
      ]
      var mark: Mark = formFronts.mayBegin(in: bytes) ? .form : []
      if wordFronts.mayBegin(in: bytes) {
        mark.insert(.word)
        if let found = Self.plainWords(in: bytes, finder) {
          mark.insert(.plain)
          words[id] = found
        }
      }
      marks[Int(id)] = mark.rawValue
    }
    self.words = words
  }

  deinit {
    marks.deallocate()
    sides.deallocate()
  }

  /// The words that begin in a token between plain ones; nil if more than its neighbours' first and last bytes matters.
  private static func plainWords(in token: [UInt8], _ finder: WordFinder) -> [Int]? {
    let isPlain = { (byte: UInt8) in WordBytes.isLetter(byte) || byte == 0x20 }
    guard token.allSatisfy({ $0 < 0x80 }), isPlain(token[0]), isPlain(token[token.count - 1]) else { return nil }
    for start in token.indices where finder.mayGoOn(token[start...]) { return nil }
    var found: [Int] = []
    let text = [0x0A] + token + [0x0A]
    text.withUnsafeBufferPointer { finder.forEach(in: $0, 1..<text.count - 1) { term, _ in found.append(term) } }
    return found
  }

  @inline(__always)
  private func place(_ id: UInt32) -> Int { Int(min(id, UInt32(truncatingIfNeeded: marks.count &- 1))) }

  @inline(__always)
  subscript(_ id: UInt32) -> Mark { Mark(rawValue: marks[place(id)]) }

  /// Writes the places of the tokens that have a mark, in order, and returns how many there are; `places` has room for
  /// all. Without a branch, since nobody can foresee where the next one is.
  func list(_ tokens: UnsafeBufferPointer<UInt32>, into places: UnsafeMutablePointer<Int32>) -> Int {
    let (marks, last) = (marks.baseAddress!, UInt32(truncatingIfNeeded: marks.count &- 1))
    var count = 0
    for index in 0..<tokens.count {
      places[count] = Int32(truncatingIfNeeded: index)
      // One for a mark, 0 for none; a comparison would be compiled to a branch.
      count &+= (Int(marks[Int(min(tokens[index], last))]) &+ 0xFF) &>> 8
    }
    return count
  }

  /// The words that begin in the token at `index` of a piece, if it and its neighbours tell; nil if the text must.
  @inline(__always)
  func words(at index: Int, of tokens: UnsafeBufferPointer<UInt32>) -> [Int]? {
    guard self[tokens[index]].contains(.plain), index + 1 < tokens.count,
      sides[place(tokens[index + 1])].contains(.beginsPlainly)
    else { return nil }
    guard
      sides[place(tokens[index])].contains(.beginsPlainly)
        || index > 0 && sides[place(tokens[index - 1])].contains(.endsPlainly)
    else { return nil }
    return words[tokens[index]]
  }
}

/// Where one of some beginnings may stand, told from a token's bytes alone.
private struct Fronts {
  private let byFirst: [UInt8: [[UInt8]]]

  init(_ beginnings: [[UInt8]]) {
    byFirst = Dictionary(grouping: Set(beginnings.map { $0.map(Self.folded) })) { $0.first ?? 0 }
  }

  /// Whether at a byte behind no ASCII letter or digit one of the beginnings stands, as far as the token has it.
  func mayBegin(in token: [UInt8]) -> Bool {
    token.indices.contains { place in
      guard place == 0 || !WordBytes.isLetterOrDigit(token[place - 1]) else { return false }
      let rest = token[place...].map(Self.folded)
      return byFirst[rest[0]]?.contains { zip($0, rest).allSatisfy { $0 == $1 } } ?? false
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 { WordBytes.isLetter(byte) ? byte | 0x20 : byte }
}
