import CICU

/// NFC (UAX #15) as the reference tokenizer's normalizer has it: on the code points of Unicode 9.0.
///
/// `tokenizers` 0.23.3 works with data of that age: younger marks are not reordered and nothing younger is composed.
/// Unicode's stability policy fixes the normal form of assigned code points, so any ICU restricted to `[:age=9.0:]` gives
/// the same bytes; an ICU that knows another set under that name is refused.
public final class Normalization: Sendable {
  /// The one instance, made at first use; its error is thrown at every use.
  public static func shared() throws(UnicodeFailure) -> Normalization { try instance.get() }

  private static let instance = Result { () throws(UnicodeFailure) in try Normalization(checking: ()) }
  private let handle: Handle

  private init(_ handle: Handle) { self.handle = handle }

  /// True if NFC leaves the text as it is. No byte of 0xCC or more: a scan at memory speed; else a table read a character
  /// up to the first one that may combine. Text that is no UTF-8 gives the answer for what precedes the fault.
  public func isNormalized(_ text: UnsafeBufferPointer<UInt8>) throws(UnicodeFailure) -> Bool {
    var position = 0
    var same = true
    while same, let part = NormalizationPart.next(in: text, from: position) {
      same = try normalized(text, part).elementsEqual(text[part.start..<part.end])
      position = part.end
    }
    return same
  }

  /// Appends the normal form of a text to `result`, unless the text is that already: then appends nothing and returns false.
  ///
  /// Only the parts that may change go through ICU. The text must be UTF-8 (see ``UTF8Text/firstInvalid(in:)``); what is
  /// not is copied.
  public func normalizeIfNeeded(
    _ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]
  ) throws(UnicodeFailure) -> Bool {
    var (position, copied) = (0, 0)
    var changed = false
    while let part = NormalizationPart.next(in: text, from: position) {
      position = part.end
      let form = try normalized(text, part)
      if form.elementsEqual(text[part.start..<part.end]) { continue }
      changed = true
      result.append(contentsOf: text[copied..<part.start])
      result.append(contentsOf: form)
      copied = part.end
    }
    if changed { result.append(contentsOf: text[copied...]) }
    return changed
  }

  /// Appends the normal form of a text to `result`.
  public func normalize(
    _ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]
  ) throws(UnicodeFailure) {
    if try !normalizeIfNeeded(text, into: &result) { result.append(contentsOf: text) }
  }

  /// True if no text before `scalar` can change it or what follows under NFC, nor be changed by it.
  public func hasBoundaryBefore(_ scalar: UInt32) -> Bool {
    Self.isInert(scalar) || tiresias_nfc_has_boundary_before(handle.nfc, scalar)
  }

  /// True for most code points: a starter that NFC leaves alone, whatever stands before it.
  static func isInert(_ scalar: UInt32) -> Bool { tiresias_character_properties(scalar) & 0x80 != 0 }
}

extension Normalization {
  /// ICU's object: immutable once opened, and safe to share (unorm2.h).
  private struct Handle: @unchecked Sendable { let nfc: OpaquePointer }

  /// Opens ICU's NFC and checks that its Unicode 9.0 is the one we know.
  private convenience init(checking: Void) throws(UnicodeFailure) {
    var status: Int32 = 0
    var known: OpaquePointer?
    let pattern = Array("[:age=9.0:]".utf16)
    guard let nfc = tiresias_nfc_open(pattern, Int32(pattern.count), &known, &status), let known else {
      throw UnicodeFailure(
        .unsuitableLibrary, reason: "ICU \(libraryVersion) has no NFC (\(status)). Install ICU 60 or later.")
    }
    let found = Self.fingerprint(known)
    guard found == Self.expectedFingerprint else {
      throw UnicodeFailure(
        .unsuitableLibrary,
        reason: "ICU \(libraryVersion) has another Unicode 9.0 than the pinned one (\(found)). Install ICU 60 to 78.")
    }
    self.init(Handle(nfc: nfc))
  }

  /// FNV-1a (64 bits) over the first and last code points of a set's ranges.
  private static func fingerprint(_ set: OpaquePointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for item in 0..<tiresias_set_item_count(set) {
      var (first, last): (Int32, Int32) = (0, 0)
      guard tiresias_set_range(set, item, &first, &last) else { continue }
      for value in [first, last] { hash = (hash ^ UInt64(UInt32(bitPattern: value))) &* 0x100_0000_01B3 }
    }
    return hash
  }

  private static let expectedFingerprint: UInt64 = 11_155_335_229_855_409_932

  /// The normal form of one part. Costs a conversion to UTF-16 and back.
  private func normalized(
    _ text: UnsafeBufferPointer<UInt8>, _ part: NormalizationPart
  ) throws(UnicodeFailure) -> [UInt8] {
    let scalars = part.scalars(of: text)
    let source = UTF16Text.units(of: scalars.count > Self.longPart ? canonicallyOrdered(scalars) : scalars)
    // NFC never lengthens UTF-16 more than threefold (UAX #15, table 4).
    var target = [UInt16](repeating: 0, count: source.count * 3)
    var status: Int32 = 0
    guard let sourceLength = Int32(exactly: source.count), let capacity = Int32(exactly: target.count) else {
      throw UnicodeFailure(
        .normalization, offset: part.start, reason: "more than 700 million combining characters in a row")
    }
    let length = tiresias_nfc_normalize(handle.nfc, source, sourceLength, &target, capacity, &status)
    guard status <= 0, length >= 0, length <= capacity else {
      throw UnicodeFailure(.normalization, offset: part.start, reason: "ICU cannot normalize (\(status))")
    }
    return Array(String(decoding: target[..<Int(length)], as: UTF16.self).utf8)
  }

  /// ICU sorts marks by inserting one after another: fine for the few that text has, quadratic for the many that an
  /// attacker sends. Parts of more code points than this are sorted before.
  private static let longPart = 64

  /// The canonical decomposition in canonical order (Unicode, section 3.11), which has the same normal form. O(n log n).
  private func canonicallyOrdered(_ scalars: [UInt32]) -> [UInt32] {
    var marks: [(class: UInt8, scalar: UInt32)] = []
    var ordered: [UInt32] = []
    for scalar in scalars.lazy.flatMap(decomposed) {
      let combiningClass = tiresias_nfc_combining_class(handle.nfc, scalar)
      if combiningClass == 0 {
        Self.flush(&marks, into: &ordered)
        ordered.append(scalar)
      } else {
        marks.append((combiningClass, scalar))
      }
    }
    Self.flush(&marks, into: &ordered)
    return ordered
  }

  private static func flush(_ marks: inout [(class: UInt8, scalar: UInt32)], into ordered: inout [UInt32]) {
    // Stable: marks of one class keep their order.
    let places = marks.indices.sorted { (marks[$0].class, $0) < (marks[$1].class, $1) }
    for place in places { ordered.append(marks[place].scalar) }
    marks.removeAll(keepingCapacity: true)
  }

  private func decomposed(_ scalar: UInt32) -> [UInt32] {
    if Self.isInert(scalar) && scalar < 0xC0 { return [scalar] }
    var units = [UInt16](repeating: 0, count: 16)
    let length = Int(tiresias_nfc_decomposition(handle.nfc, scalar, &units, Int32(units.count)))
    if length < 0 || length > units.count { return [scalar] }
    return String(decoding: units[..<length], as: UTF16.self).unicodeScalars.map(\.value)
  }
}
