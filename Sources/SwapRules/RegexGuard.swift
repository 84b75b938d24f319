import CICU
import StructuredText

/// A guard's regular expression, checked when the pack is loaded. Immutable; matchers clone it.
final class RegexPattern: @unchecked Sendable {
  fileprivate let handle: OpaquePointer

  init(_ pattern: String, at place: SourcePlace) throws(RulesFailure) {
    let units = Array(pattern.utf16)
    guard units.count <= 4096 else { throw .definition(place, "a regular expression of more than 4,096 characters") }
    var column: Int32 = 0
    var reason: UnsafePointer<CChar>?
    guard let handle = tiresias_regex_open(units, Int32(units.count), &column, &reason) else {
      let name = reason.map { String(cString: $0) } ?? ""
      throw .definition(place, "'\(pattern.prefix(80))' is no ICU regular expression: \(name) at character \(column)")
    }
    self.handle = handle
    if let text = Self.textWithoutEnd(units, handle) {
      throw .definition(
        place,
        "'\(pattern.prefix(80))' takes too many steps on a text as short as '\(text.prefix(12))…' (\(text.utf16.count) characters): "
          + "repetitions within a repetition take the same letters; write it without the inner ones, or let them give nothing "
          + "back, as in (\\w++ ?+)*+")
    }
  }

  deinit { tiresias_regex_close(handle) }
}

// MARK: Patterns that would not end

extension RegexPattern {
  /// So short that an expression has steps enough for it though they grow with the fourth power of its length: what needs more
  /// tries all ways to share a text among repetitions, and in a real text is as good as endless at every match.
  private static let probeLength = 48

  /// One of some texts of a few characters again and again for which the steps of the expression run out; nil if there is none,
  /// which proves nothing. They are those that such expressions are about: what stands in them, letters, digits, spaces, each
  /// with and without an end that hardly anything matches.
  private static func textWithoutEnd(_ pattern: [UInt16], _ handle: OpaquePointer) -> String? {
    guard let clone = tiresias_regex_clone(handle) else { return nil }
    defer { tiresias_regex_close(clone) }
    var units = Array("aA0 _".utf16)
    for unit in pattern where units.count < 16 && !units.contains(unit) && !(0xD800..<0xE000).contains(unit) {
      units.append(unit)
    }
    for unit in units {
      for repeated in unit == 0x20 ? [[unit]] : [[unit], [unit, 0x20]] {
        for end in [[], [UInt16(0x01)]] {
          let text = (0..<probeLength).map { repeated[$0 % repeated.count] } + end
          // Behind its end, so that every place is tried.
          let count = Int32(text.count)
          if tiresias_regex_overlaps(clone, text, count, count, count) < 0 {
            return String(decoding: text, as: UTF16.self)
          }
        }
      }
    }
    return nil
  }
}

/// One worker's copy of a regular expression.
final class RegexMatcher {
  /// Bytes on either side of a match that the expression sees. If part of them lies beyond an edge the answer is unknown.
  static let reach = 64

  /// Nil if ICU could not copy it: then every answer is unknown.
  private let handle: OpaquePointer?
  private var units: [UInt16] = []

  init(_ pattern: RegexPattern) {
    handle = tiresias_regex_clone(pattern.handle)
  }

  deinit { tiresias_regex_close(handle) }

  /// Whether a match of the expression overlaps the word at `start..<end`.
  func overlaps(_ view: TextView, _ start: Int, _ end: Int) -> Ternary {
    guard let handle, !isCut(view, start, end) else { return .unknown }
    units.removeAll(keepingCapacity: true)
    append(view, from: frontOfCharacter(view, max(view.lower, start - Self.reach)), to: start)
    let first = Int32(units.count)
    append(view, from: start, to: end)
    let last = Int32(units.count)
    append(view, from: end, to: min(view.upper, end + Self.reach))
    switch tiresias_regex_overlaps(handle, units, Int32(units.count), first, last) {
    case 0: return .no
    case 1: return .yes
    default: return .unknown
    }
  }

  private func isCut(_ view: TextView, _ start: Int, _ end: Int) -> Bool {
    view.openStart && start - Self.reach < view.lower || view.openEnd && end + Self.reach > view.upper
  }

  /// A character that the reach splits is not seen.
  private func frontOfCharacter(_ view: TextView, _ place: Int) -> Int {
    var place = place
    while place < view.upper, view.bytes[place] & 0xC0 == 0x80 { place += 1 }
    return place
  }

  private func append(_ view: TextView, from start: Int, to end: Int) {
    var position = start
    while position < end {
      guard case .scalar(let scalar, let length) = view.glyph(at: position) else {
        units.append(0xFFFD)
        position += 1
        continue
      }
      guard position + length <= end else { return }
      if scalar > 0xFFFF {
        units.append(UInt16(0xD800 + (scalar - 0x10000) >> 10))
        units.append(UInt16(0xDC00 + (scalar - 0x10000) & 0x3FF))
      } else {
        units.append(UInt16(scalar))
      }
      position += length
    }
  }
}
