/// Where bytes stop being UTF-8 (The Unicode Standard, table 3-7): the offset of the first sequence that is none.
func firstInvalidUTF8(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var at = 0
  while at < bytes.count {
    let length = utf8SequenceLength(bytes, at)
    if length == 0 { return at }
    at += length
  }
  return nil
}

/// Length of the well-formed sequence at `at`, 0 if there is none.
private func utf8SequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
  let first = bytes[at]
  if first < 0x80 { return 1 }
  let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
  guard length > 0, at + length <= bytes.count else { return 0 }
  // Only the second byte's range depends on the first: no overlong forms, no surrogates, nothing above U+10FFFF.
  let second: ClosedRange<UInt8> =
    switch first {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  guard second.contains(bytes[at + 1]) else { return 0 }
  for k in 2..<max(2, length) where bytes[at + k] & 0xC0 != 0x80 { return 0 }
  return length
}
