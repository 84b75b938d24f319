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
  }

  deinit { tiresias_regex_close(handle) }
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
