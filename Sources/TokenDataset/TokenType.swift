/// How a token is stored, with its code in an `.idx` header (Megatron's "mmap" dataset).
///
/// Codes 6 and 7, the floating-point types, hold no tokens and are refused.
public enum TokenType: UInt8, Sendable, CaseIterable {
  case uint8 = 1
  case int8 = 2
  case int16 = 3
  case int32 = 4
  case int64 = 5
  case uint16 = 8

  /// Bytes a token takes.
  public var byteCount: Int {
    switch self {
    case .uint8, .int8: 1
    case .int16, .uint16: 2
    case .int32: 4
    case .int64: 8
    }
  }

  /// The greatest token id that fits.
  public var maximum: UInt32 {
    switch self {
    case .uint8: 0xff
    case .int8: 0x7f
    case .int16: 0x7fff
    case .uint16: 0xffff
    case .int32: 0x7fff_ffff
    case .int64: .max
    }
  }

  /// NumPy's name for it, as `dataset info` prints.
  public var name: String {
    switch self {
    case .uint8: "uint8"
    case .int8: "int8"
    case .int16: "int16"
    case .uint16: "uint16"
    case .int32: "int32"
    case .int64: "int64"
    }
  }

  /// NumPy's `descr`, as it stands in an `.npy` header.
  public var npyDescription: String {
    switch self {
    case .uint8: "|u1"
    case .int8: "|i1"
    case .int16: "<i2"
    case .uint16: "<u2"
    case .int32: "<i4"
    case .int64: "<i8"
    }
  }

  /// What GPT-NeoX chooses for an unpadded vocabulary: uint16 below 65500, else int32.
  public static func fitting(vocabularySize: Int) -> TokenType {
    vocabularySize < 65500 ? .uint16 : .int32
  }
}
