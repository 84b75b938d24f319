extension SamplePile {
  /// The first byte of a grammar line that asks for its own layout. Control characters that no text of the grammar starts
  /// a line with otherwise.
  enum LineMark: UInt8 {
    case centre = 0x01
    case block, quote, verbatim
  }

  /// How the lines of a kind of document are set on its page. Widths are in characters.
  struct Layout: Sendable {
    /// Longest line; 0 leaves lines as they are.
    var width = 0
    var firstIndent = 0
    var indent = 0
    /// Lines of a numbered page, a form feed after each page; 0 numbers nothing.
    var linesPerPage = 0

    static let flowing = Layout()
    static let mail = Layout(width: 72)
    static let longLines = Layout(width: 990)
    static let book = Layout(width: 70)
    static let indentedBook = Layout(width: 66, firstIndent: 4)
    static let court = Layout(width: 62, firstIndent: 10, indent: 5)
    static let transcript = Layout(width: 54, firstIndent: 8, linesPerPage: 25)
  }

  /// Sets text line by line as a ``Layout`` says. Costs one pass.
  struct Typesetter {
    let layout: Layout
    private var line = 0

    init(_ layout: Layout) { self.layout = layout }

    /// Appends the lines of `source`, set, to `target`.
    mutating func set(_ source: [UInt8], onto target: inout [UInt8]) {
      var start = 0
      while start < source.count {
        let end = source[start...].firstIndex(of: 0x0A) ?? source.count
        set(line: source[start..<end], onto: &target)
        start = end + 1
      }
    }

    private mutating func set(line: ArraySlice<UInt8>, onto target: inout [UInt8]) {
      guard let first = line.first else { return end(&target) }
      switch LineMark(rawValue: first) {
      case .centre:
        let text = line.dropFirst()
        begin(indent: max(0, (layout.width - Typesetter.width(of: text)) / 2), &target)
        target += text
        end(&target)
      case .block: wrap(line.dropFirst(), firstIndent: layout.indent + 10, indent: layout.indent + 10, onto: &target)
      case .quote: wrap(line.dropFirst(), prefix: "> ", onto: &target)
      case .verbatim:
        begin(indent: 0, &target)
        target += line.dropFirst()
        end(&target)
      case nil: wrap(line, firstIndent: layout.firstIndent, indent: layout.indent, onto: &target)
      }
    }

    /// Breaks a paragraph at spaces. A word that is longer than a line has a line for itself.
    private mutating func wrap(
      _ text: ArraySlice<UInt8>, prefix: StaticString = "", firstIndent: Int = 0, indent: Int = 0,
      onto target: inout [UInt8]
    ) {
      var rest = text
      var indentation = firstIndent
      repeat {
        begin(indent: indentation, &target)
        prefix.withUTF8Buffer { target += $0 }
        let lineEnd = Typesetter.lineEnd(rest, room: layout.width == 0 ? Int.max : layout.width - indentation)
        target += rest[..<lineEnd]
        end(&target)
        rest = rest[min(lineEnd + 1, rest.endIndex)...]
        indentation = indent
      } while !rest.isEmpty
    }

    private mutating func begin(indent: Int, _ target: inout [UInt8]) {
      if layout.linesPerPage > 0 { number(&target) }
      target.append(contentsOf: repeatElement(0x20, count: indent))
    }

    private mutating func number(_ target: inout [UInt8]) {
      let number = line % layout.linesPerPage + 1
      target += number < 10 ? [0x20, 0x30 + UInt8(number)] : [0x30 + UInt8(number / 10), 0x30 + UInt8(number % 10)]
      target += [0x20, 0x20, 0x20, 0x20]
    }

    private mutating func end(_ target: inout [UInt8]) {
      target.append(0x0A)
      line += 1
      if layout.linesPerPage > 0 && line % layout.linesPerPage == 0 { target += [0x0C, 0x0A] }
    }

    /// Where the first line ends: at the last space within `room` characters, else at the first space, else at the end.
    private static func lineEnd(_ text: ArraySlice<UInt8>, room: Int) -> Int {
      var space: Int?
      var width = 0
      for index in text.indices {
        if text[index] == 0x20 && (space == nil || width <= room) { space = index }
        if text[index] & 0xC0 != 0x80 { width += 1 }
        if width > room, let space { return space }
      }
      return text.endIndex
    }

    private static func width(of text: ArraySlice<UInt8>) -> Int {
      text.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    }
  }
}
