import UnicodeText

/// Lays hits out in lines of a terminal, the words below each other.
public struct Concordance: Sendable {
  /// What a piece of a line is, for whoever colours it.
  public enum Role: Sendable { case place, context, frame, removed, added, kept, rule, space }

  public struct Piece: Sendable, Equatable {
    public let text: String
    public let role: Role
  }

  /// More columns than any terminal has; what is drawn in them is held whole.
  public static let maximumWidth = 10_000

  private let placeWidth: Int
  private let leftWidth: Int
  private let rightWidth: Int
  private let ruleWidth: Int

  /// Lines of at most `width` columns, 40 at least and `maximumWidth` at most. From 120 on there is room to say where a
  /// hit is from.
  public init(width: Int) {
    let width = min(max(40, width), Self.maximumWidth)
    placeWidth = width >= 120 ? 20 : 0
    ruleWidth = min(28, width / 4)
    let text = width - ruleWidth - 1 - (placeWidth > 0 ? placeWidth + 1 : 0)
    leftWidth = text * 2 / 5
    rightWidth = text - leftWidth
  }

  /// A hit as one line: where, left context, word and replacement, right context, rule.
  public func line(_ hit: Hit) -> [Piece] {
    line(
      hit,
      middle: [Piece(text: VisibleText.line(hit.word), role: hit.written == nil ? .kept : .removed)]
        + (hit.written.map { [Piece(text: "→", role: .frame), Piece(text: VisibleText.line($0), role: .added)] } ?? []),
      rule: hit.rule + (hit.isUncertain ? " ?" : ""))
  }

  func line(_ hit: Hit, middle: [Piece], rule: String) -> [Piece] {
    let framed = [Piece(text: "[", role: .frame)] + middle + [Piece(text: "]", role: .frame)]
    let used = framed.reduce(0) { $0 + DisplayWidth.of($1.text) }
    return place(hit) + left(hit.left) + framed + right(hit.right, width: max(0, rightWidth - used))
      + [Piece(text: " " + DisplayWidth.front(of: VisibleText.line(rule), width: ruleWidth), role: .rule)]
  }

  private func place(_ hit: Hit) -> [Piece] {
    guard placeWidth > 0 else { return [] }
    let text = DisplayWidth.back(of: VisibleText.line(hit.place), width: placeWidth)
    return [Piece(text: text + spaces(placeWidth - DisplayWidth.of(text) + 1), role: .place)]
  }

  private func left(_ context: String) -> [Piece] {
    let text = DisplayWidth.back(of: VisibleText.line(context), width: leftWidth)
    return [
      Piece(text: spaces(leftWidth - DisplayWidth.of(text)), role: .space), Piece(text: String(text), role: .context),
    ]
  }

  private func right(_ context: String, width: Int) -> [Piece] {
    let text = DisplayWidth.front(of: VisibleText.line(context), width: width)
    return [
      Piece(text: String(text), role: .context), Piece(text: spaces(width - DisplayWidth.of(text)), role: .space),
    ]
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
