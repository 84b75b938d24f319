/// The characters of a JSON string, in UTF-8. They are never longer than the line they come from.
final class Unescaped {
  private var storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)
  private var count = 0

  deinit { storage.deallocate() }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: storage[..<count]) }

  /// Empties it and makes room for all that a line of `length` bytes can hold.
  func reset(length: Int) {
    count = 0
    let isMuchTooLarge = storage.count > 1 << 25 && length <= 1 << 25
    guard storage.count < length || isMuchTooLarge else { return }
    storage.deallocate()
    storage = .allocate(capacity: length)
  }

  func removeAll() { count = 0 }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress, let target = storage.baseAddress else { return }
    precondition(bytes.count <= storage.count - count)
    (target + count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  /// Appends a code point; a lone surrogate becomes U+FFFD.
  func append(scalar: UInt32) {
    let scalar = UnicodeScalar(scalar) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar).unsafelyUnwrapped {
      storage[count] = byte
      count += 1
    }
  }

  func equals(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { $0.elementsEqual(bytes) }
  }
}
