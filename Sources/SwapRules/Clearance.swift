import Glibc

/// A stretch of a text that is known to hold none of some bytes.
///
/// Guards look up to 1,000 bytes ahead of every match for marks that hardly any text has. Matches come from left to right,
/// so that what one has looked at the next need not: each byte is looked at once (it was a quarter of the time on novels).
struct Clearance {
  private let marks: (UInt8, UInt8, UInt8)
  private let reach: Int
  private var lower = 0
  private var upper = 0

  /// Bytes that are looked at ahead of need, so that few calls are made.
  private static let stride = 4096

  /// Backticks, tildes and NUL, as far as code fences are looked for.
  static var codeMarks: Clearance { Clearance(marks: (0x60, 0x7E, 0), reach: TextView.fenceReach + 1) }

  /// `>`, as far as tags are looked for.
  static var tagEnds: Clearance { Clearance(marks: (0x3E, 0x3E, 0x3E), reach: TextView.lineReach) }

  private init(marks: (UInt8, UInt8, UInt8), reach: Int) {
    self.marks = marks
    self.reach = reach
  }

  /// Where the first mark behind `place` is, as far as is known or of interest: before it there is none.
  @inline(always)
  mutating func clearEnd(from place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if place < lower || upper < place &+ reach { look(from: place, in: bytes) }
    return upper
  }

  private mutating func look(from place: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    if place < lower || place > upper { (lower, upper) = (place, place) }
    if upper < min(bytes.count, place + reach) {
      upper = firstMark(in: bytes, upper, min(bytes.count, place + reach + Self.stride))
    }
  }

  private func firstMark(in bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return start }
    var nearest = end
    nearest = first(marks.0, base, start, nearest)
    if marks.1 != marks.0 {
      nearest = first(marks.1, base, start, nearest)
      nearest = first(marks.2, base, start, nearest)
    }
    return nearest
  }

  private func first(_ mark: UInt8, _ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    memchr(base + start, Int32(mark), end - start).map { UnsafeRawPointer($0) - base } ?? end
  }
}

/// What is known of the text ahead in one reading of it.
struct Clearances {
  private var code = Clearance.codeMarks
  private var tag = Clearance.tagEnds

  @inline(always)
  mutating func note(in view: inout TextView, behind place: Int) {
    view.codeClearEnd = code.clearEnd(from: place, in: view.bytes)
    view.tagClearEnd = tag.clearEnd(from: place, in: view.bytes)
  }
}
