import Glibc

/// Looks for bytes in bytes.
public enum ByteSearch {
  /// Where `text`, which must not be empty, first stands in `bytes`; nil if nowhere.
  ///
  /// Its first byte is looked for by `memchr`, and the rest compared where it is.
  public static func first(_ text: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      text.withUnsafeBytes { text in
        guard let start = bytes.baseAddress, let wanted = text.baseAddress else { return nil }
        var offset = 0
        while offset + text.count <= bytes.count {
          let places = bytes.count - text.count + 1 - offset
          guard let found = memchr(start + offset, Int32(text[0]), places) else { return nil }
          offset = UnsafeRawPointer(found) - start
          if memcmp(found, wanted, text.count) == 0 { return offset }
          offset += 1
        }
        return nil
      }
    }
  }
}
