import ByteIO

/// Element types that are read from and written to `.npy` files.
public enum NPYElement: Sendable, Equatable, CaseIterable {
  case uint8, int8, uint16, int16, uint32, int32, uint64, int64

  /// NumPy's `descr`, little-endian.
  public var description: String {
    switch self {
    case .uint8: "|u1"
    case .int8: "|i1"
    case .uint16: "<u2"
    case .int16: "<i2"
    case .uint32: "<u4"
    case .int32: "<i4"
    case .uint64: "<u8"
    case .int64: "<i8"
    }
  }

  public var byteCount: Int { Int(description.utf8.last! - UInt8(ascii: "0")) }

  init?(description: String) {
    guard let element = Self.allCases.first(where: { $0.description == description }) else { return nil }
    self = element
  }
}

extension TokenType {
  /// The array element that holds tokens of this type.
  public var element: NPYElement {
    switch self {
    case .uint8: .uint8
    case .int8: .int8
    case .int16: .int16
    case .uint16: .uint16
    case .int32: .int32
    case .int64: .int64
    }
  }
}

/// An array in a `.npy` file of format 1.0, mapped and validated: integer elements, little-endian, C order, and a file
/// exactly as long as its shape asks for.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
public final class NPYFile: Sendable {
  public let path: String
  public let element: NPYElement
  public let shape: [Int]
  /// The elements, row after row; not aligned for the element in general.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: file.bytes[headerSize...]) }
  let file: MappedFile
  let headerSize: Int

  /// Where the elements start in the file, in bytes.
  public var dataOffset: Int { headerSize }

  /// How long a file must be by its own head, given its first bytes; throws if these are no head.
  public static func expectedSize(_ bytes: UnsafeRawBufferPointer, _ path: String) throws -> Int {
    let header = try NPYHeader(bytes, path)
    let (size, overflow) = try header.dataSize(path).addingReportingOverflow(header.size)
    guard !overflow else { throw DatasetFailure(.length, path, at: 10, "its shape is larger than any file") }
    return size
  }

  /// Number of elements.
  public var count: Int { bytes.count / element.byteCount }

  public init(_ path: String, access: MappedFile.Access = .normal) throws {
    self.path = path
    file = try MappedFile(path, access: access)
    let header = try NPYHeader(file.bytes, path)
    element = header.element
    shape = header.shape
    headerSize = header.size
    let expected = try header.dataSize(path)
    guard file.bytes.count - header.size == expected else {
      throw DatasetFailure(
        .length, path, at: file.bytes.count,
        "shape \(header.shape) of \(header.element.description) takes \(expected) bytes after the header, "
          + "but there are \(file.bytes.count - header.size)")
    }
  }
}
