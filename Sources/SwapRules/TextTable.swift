/// All strings of a pack, one after the other.
struct TextTable {
  let bytes: UnsafeBufferPointer<UInt8>

  subscript(_ slice: ByteSlice) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(slice.offset)..<Int(slice.offset) + Int(slice.count)])
  }
}

/// Gives equal strings the same slice, so that slices can be compared instead. Equal are those of the same bytes: for a `String`
/// é is the same as e with an accent behind it.
struct TextInterner {
  private(set) var bytes: [UInt8] = []
  private var known: [[UInt8]: ByteSlice] = [:]

  func string(_ slice: ByteSlice) -> String {
    String(decoding: bytes[Int(slice.offset)..<Int(slice.offset) + Int(slice.count)], as: UTF8.self)
  }

  mutating func slice(_ text: String) -> ByteSlice {
    let text = Array(text.utf8)
    if let slice = known[text] { return slice }
    let slice = ByteSlice(offset: UInt32(bytes.count), count: UInt32(text.count))
    bytes += text
    known[text] = slice
    return slice
  }
}
