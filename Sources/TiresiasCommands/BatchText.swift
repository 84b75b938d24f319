import Viewing

/// Prints samples for a reader at a terminal.
struct BatchText {
  private let style: TerminalStyle
  private let showsEdits: Bool
  private let output = StandardOutput()

  init(_ style: TerminalStyle, showsEdits: Bool) {
    self.style = style
    self.showsEdits = showsEdits
  }

  func print(_ sample: SampleText) throws {
    var title = "step \(sample.step) · row \(sample.row) · sequence \(sample.sequence)"
    if showsEdits { title += " · \(sample.edits.count) edit\(sample.edits.count == 1 ? "" : "s")" }
    try write(style.paint(title, .strong) + "\n")
    for (index, piece) in sample.pieces.enumerated() {
      // Headings stand on lines of their own; what a special token ends may go on behind it.
      if index > 0, case .document = piece { try write("\n") }
      try print(piece)
    }
    try write("\n\n")
  }

  func finish() throws { try output.flush() }

  private func print(_ piece: SampleText.Piece) throws {
    switch piece {
    case .text(let bytes): try output.write(shown(bytes).utf8)
    case .special(let name): try write(style.paint(name, .dim))
    case .document(let document): try write(style.paint(heading(document), .dim) + "\n")
    case .edit(let edit) where showsEdits: try write(marked(edit))
    case .edit(let edit): try output.write(shown(edit.after).utf8)
    }
  }

  private func heading(_ document: SampleText.Document) -> String {
    var heading = "── \(document.dataset), item \(document.item)"
    if let subset = document.subset { heading += ", \(subset)" }
    if let place = document.place { heading += ", \(place.file):\(place.line)" }
    let tokens = document.tokens
    return heading + ", tokens \(tokens.lowerBound)..<\(tokens.upperBound) of \(document.size)"
  }

  /// As git's word diff has it. What both begin or end with stands outside.
  private func marked(_ edit: SampleText.Edit) -> String {
    let (before, after) = (Array(shown(edit.before)), Array(shown(edit.after)))
    let shorter = min(before.count, after.count)
    let front = zip(before, after).prefix { $0 == $1 && $0.isWhitespace }.count
    let back = zip(before.reversed(), after.reversed()).prefix { $0 == $1 && !$0.isLetter }.count
    let end = min(back, shorter - front)
    let (old, new) = (before[front..<before.count - end], after[front..<after.count - end])
    let mark = { (text: ArraySlice<Character>, open: String, close: String, role: TerminalStyle.Role) in
      text.isEmpty
        ? "" : style.isColoured ? style.paint(String(text), role) : open + String(text) + close
    }
    return String(before[..<front]) + mark(old, "[-", "-]", .removed) + mark(new, "{+", "+}", .added)
      + style.paint("(\(edit.rule)\(edit.branch == edit.rule ? "" : "/" + edit.branch))", .dim)
      + String(before[(before.count - end)...])
  }

  /// Control characters as pictures, so that no text can steer the terminal.
  private func shown(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x09: text.append(scalar)
      case 0..<0x20: text.append(Unicode.Scalar(0x2400 + scalar.value) ?? scalar)
      case 0x7F: text.append("\u{2421}")
      case 0x80..<0xA0: text.append("\u{FFFD}")
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  private func write(_ text: String) throws { try output.write(text.utf8) }
}
