/// GPT-2's way of writing bytes as printable characters, in which byte-level vocabularies are spelt.
///
/// Printable Latin-1 stands for itself; the other 68 bytes, in order, are U+0100 and up (`bytes_to_unicode` in GPT-2's
/// encoder.py).
enum ByteAlphabet {
  /// Byte to code point.
  static let scalars: [UInt32] = {
    var next: UInt32 = 0x100
    return (0..<256).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return UInt32(byte)
      default:
        defer { next += 1 }
        return next
      }
    }
  }()

  /// Code point (below U+0144) to byte; -1 for those outside the alphabet.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar)] = Int16(byte) }
    return bytes
  }()

  /// The bytes that a token's spelling stands for. A spelling with a character outside the alphabet stands for its own
  /// UTF-8, as in the reference's decoder.
  static func bytes(of spelling: String) -> [UInt8] {
    var result: [UInt8] = []
    append(bytesOf: spelling, to: &result)
    return result
  }

  /// Appends the bytes that a token's spelling stands for.
  static func append(bytesOf spelling: String, to result: inout [UInt8]) {
    let start = result.count
    for scalar in spelling.unicodeScalars {
      guard scalar.value < 0x144, bytes[Int(scalar.value)] >= 0 else {
        result.removeSubrange(start...)
        return result.append(contentsOf: spelling.utf8)
      }
      result.append(UInt8(bytes[Int(scalar.value)]))
    }
  }

  /// The spelling of one byte, as UTF-8.
  static func spelling(of byte: UInt8) -> [UInt8] {
    Unicode.Scalar(scalars[Int(byte)]).map { Array(String(Character($0)).utf8) } ?? []
  }
}
