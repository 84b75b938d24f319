import Glibc

/// Reads the lines of an edit log as ``EditLogLine`` writes them, key after key, without taking JSON apart.
///
/// A log has a line for every candidate of a window, and parsing JSON takes seven times as long. Whatever looks different (another
/// writer, escapes, text beyond ASCII) is left to the parser, so that both say the same of every line.
package struct EditLogScanner {
  package enum Found: Equatable {
    case edit(EditLogReader.Edit)
    /// A candidate that was left alone.
    case left
    /// For the JSON parser.
    case unknown
  }

  private let line: UnsafeBufferPointer<UInt8>
  private var place = 0

  private init(_ line: UnsafeBufferPointer<UInt8>) { self.line = line }

  package static func scan(_ line: UnsafeBufferPointer<UInt8>) -> Found {
    var scanner = EditLogScanner(line)
    return scanner.scan() ?? .unknown
  }

  /// The number behind `{"q":`, which every line begins with.
  static func sequence(of line: UnsafeBufferPointer<UInt8>) -> Int? {
    var scanner = EditLogScanner(line)
    return scanner.integer("{\"q\":")
  }

  /// Nil where the line is not as expected.
  private mutating func scan() -> Found? {
    guard let sequence = integer("{\"q\":"), sequence >= 0, integer(",\"step\":") != nil, integer(",\"row\":") != nil,
      let position = integer(",\"position\":")
    else { return nil }
    let outputPosition = integer(",\"output_position\":")
    guard integer(",\"dataset\":") != nil, integer(",\"item\":") != nil, integer(",\"token\":") != nil,
      integer(",\"stage\":") != nil, let rule = text(",\"rule\":\""), let branch = text(",\"branch\":\""),
      text(",\"before\":\"") != nil
    else { return nil }
    guard let outputPosition else { return text(",\"kept\":\"") != nil && ends() ? .left : nil }
    guard text(",\"after\":\"") != nil, let before = ids(",\"before_ids\":["), let after = ids(",\"after_ids\":[")
    else { return nil }
    let isCut = skip(",\"cut\":true")
    guard let standIn = standIn(), ends() else { return nil }
    return .edit(
      EditLogReader.Edit(
        sequence: sequence, position: position, outputPosition: outputPosition, before: before, after: after,
        rule: String(decoding: rule, as: UTF8.self), branch: String(decoding: branch, as: UTF8.self), isCut: isCut,
        standIn: standIn))
  }

  /// Outer nil: not as expected; inner nil: there is none.
  private mutating func standIn() -> EditLogReader.StandIn?? {
    if skip(",\"stand_in\":null") { return .some(nil) }
    guard let position = integer(",\"stand_in\":{\"position\":") else { return .some(nil) }
    guard integer(",\"token\":") != nil, text(",\"rule\":\"") != nil, text(",\"before\":\"") != nil,
      text(",\"after\":\"") != nil, let before = ids(",\"before_ids\":["), let after = ids(",\"after_ids\":["),
      skip("}")
    else { return nil }
    return EditLogReader.StandIn(position: position, before: before, after: after)
  }

  // MARK: Parts of a line

  private mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place + count <= line.count, let base = line.baseAddress,
      memcmp(base + place, text.utf8Start, count) == 0
    else { return false }
    place += count
    return true
  }

  private func ends() -> Bool { place + 1 == line.count && line[place] == UInt8(ascii: "}") }

  /// A whole number of at most 18 digits behind a key; nothing is passed over where the key is another, or no number follows.
  private mutating func integer(_ key: StaticString) -> Int? {
    let start = place
    guard skip(key) else { return nil }
    let isNegative = skip("-")
    guard let value = digits() else {
      place = start
      return nil
    }
    return isNegative ? -value : value
  }

  private mutating func digits() -> Int? {
    let start = place
    var value = 0
    while place < line.count, case let digit = line[place] &- 0x30, digit < 10, place - start < 18 {
      value = 10 * value + Int(digit)
      place += 1
    }
    // JSON has no number that begins with a zero but 0.
    guard place > start, line[start] != 0x30 || place == start + 1 else { return nil }
    return value
  }

  /// What stands between quotes behind a key that has the first one; printable ASCII without escapes.
  private mutating func text(_ key: StaticString) -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard skip(key) else { return nil }
    let start = place
    while place < line.count, line[place] != UInt8(ascii: "\"") {
      guard (0x20..<0x7F).contains(line[place]), line[place] != UInt8(ascii: "\\") else { return nil }
      place += 1
    }
    guard place < line.count else { return nil }
    place += 1
    return line[start..<place - 1]
  }

  private mutating func ids(_ key: StaticString) -> [UInt32]? {
    guard skip(key) else { return nil }
    if skip("]") { return [] }
    var ids: [UInt32] = []
    repeat {
      guard let id = digits(), id <= UInt32.max else { return nil }
      ids.append(UInt32(id))
    } while skip(",")
    return skip("]") ? ids : nil
  }
}
