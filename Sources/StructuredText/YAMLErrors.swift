import Yams

/// What Yams refuses, with the place and the words that help its author.
extension YAMLFailure {
  init(_ error: YamlError, _ text: String, file: String) {
    let bytes = Array(text.utf8)
    self =
      Self.ofTab(error, in: bytes, file: file) ?? Self.ofControl(error, text, file: file)
      ?? Self.ofDuplicate(error, in: bytes, file: file) ?? YAMLFailure(error, file: file)
  }

  /// YAML takes no tab in an indentation, and libyaml does not say that it met one.
  private static func ofTab(_ error: YamlError, in bytes: [UInt8], file: String) -> YAMLFailure? {
    guard case .scanner(_, _, let mark, _) = error else { return nil }
    let line = bytes.split(separator: 0x0A, maxSplits: mark.line, omittingEmptySubsequences: false)
      .dropFirst(mark.line - 1).first
    guard let indentation = line?.prefix(while: { $0 == 0x20 || $0 == 0x09 }),
      let tab = indentation.firstIndex(of: 0x09), mark.column <= indentation.count + 1
    else { return nil }
    return YAMLFailure(
      SourcePlace(of: tab, in: bytes, file: file), "found a tab, expected spaces: YAML is indented by spaces")
  }

  /// libyaml says of a character that YAML does not have neither line nor which it is.
  private static func ofControl(_ error: YamlError, _ text: String, file: String) -> YAMLFailure? {
    guard case .reader = error, let place = text.unicodeScalars.firstIndex(where: { !isAllowed($0) }) else {
      return nil
    }
    let offset = text.utf8.distance(from: text.startIndex, to: place)
    let number = String(text.unicodeScalars[place].value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - number.count)) + number
    return YAMLFailure(
      SourcePlace(of: offset, in: Array(text.utf8), file: file),
      "found the control character U+\(code), which YAML does not allow; take it out")
  }

  /// YAML 1.1, section 5.1.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
    default: false
    }
  }

  /// Yams says where the mapping begins, which may be hundreds of lines before. Where each key has a line of its own all begin in
  /// one column. Nil for a mapping in braces, which has few lines.
  private static func ofDuplicate(_ error: YamlError, in bytes: [UInt8], file: String) -> YAMLFailure? {
    guard case .duplicatedKeysInMapping(let duplicates, let context) = error, let key = duplicates.first else {
      return nil
    }
    let indentation = context.mark.column - 1
    let all = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let first = context.mark.line - 1
    // Before the first key there may be a list's dashes.
    guard first < all.count, all[first].prefix(indentation).allSatisfy({ $0 == 0x20 || $0 == 0x2D }) else { return nil }
    var lines: [Int] = []
    for (index, line) in all.enumerated().dropFirst(first) {
      let spaces = index == first ? indentation : line.prefix { $0 == 0x20 }.count
      let content = line.dropFirst(spaces)
      if [nil, 0x0D, 0x23].contains(content.first) { continue }
      if spaces < indentation { break }
      if spaces == indentation, begins(content, withKey: key) { lines.append(index + 1) }
    }
    guard lines.count > 1 else { return nil }
    return YAMLFailure(
      SourcePlace(file: file, line: lines[1], column: context.mark.column),
      "key '\(key)' stands twice in one mapping, first in line \(lines[0]); keep one")
  }

  private static func begins(_ line: ArraySlice<UInt8>, withKey key: String) -> Bool {
    [key, "'\(key)'", "\"\(key)\""].contains { spelling in
      line.starts(with: spelling.utf8)
        && line.dropFirst(spelling.utf8.count).first { $0 != 0x20 } == UInt8(ascii: ":")
    }
  }

  private init(_ error: YamlError, file: String) {
    let start = SourcePlace(file: file, line: 1, column: 1)
    func place(_ mark: Mark) -> SourcePlace { SourcePlace(file: file, line: mark.line, column: mark.column) }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let during = context.map { "\($0.text) (from line \($0.mark.line)): " } ?? ""
      self.init(place(mark), "not valid YAML: \(during)\(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(place(context.mark), "key '\(duplicates.first ?? "")' stands twice in one mapping; keep one")
    case .reader(let problem, let offset, _, _):
      self.init(start, "not valid YAML: \(problem)\(offset.map { " at character \($0)" } ?? "")")
    default:
      self.init(start, "not valid YAML: \(error)")
    }
  }
}
