import ByteIO

/// The head of an `.npy` file, format 1.0: magic, version, u16 length, and a Python dictionary of three known keys.
public struct NPYHeader: Sendable, Equatable {
  public let element: NPYElement
  public let shape: [Int]
  /// Bytes before the data.
  public let size: Int

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  public init(_ element: NPYElement, shape: [Int]) {
    self.element = element
    self.shape = shape
    size = Self.render(element, shape).count
  }

  /// The head as NumPy writes it: padded with spaces to a multiple of 64 bytes (128 for every array here) with room for
  /// the first dimension to grow to 21 digits, and a line feed.
  public var bytes: [UInt8] { Self.render(element, shape) }

  private static func render(_ element: NPYElement, _ shape: [Int]) -> [UInt8] {
    let dimensions = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    var text = Array(
      "{'descr': '\(element.description)', 'fortran_order': False, 'shape': (\(dimensions)), }".utf8)
    let growth = shape.isEmpty ? 0 : 21 - String(shape[0]).utf8.count
    text += [UInt8](repeating: UInt8(ascii: " "), count: max(0, growth))
    let padding = 64 - (10 + text.count + 1) % 64
    text += [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
    return magic + [1, 0, UInt8(text.count & 0xff), UInt8(text.count >> 8)] + text
  }

  /// Reads a head, whatever its padding.
  init(_ bytes: UnsafeRawBufferPointer, _ path: String) throws {
    guard bytes.count >= 10, bytes[..<6].elementsEqual(Self.magic) else {
      throw DatasetFailure(.format, path, at: 0, "it does not start as a NumPy array file")
    }
    guard bytes[6] == 1, bytes[7] == 0 else {
      throw DatasetFailure(.format, path, at: 6, "format \(bytes[6]).\(bytes[7]) is not read, only 1.0")
    }
    let length = Int(bytes[8]) | Int(bytes[9]) << 8
    guard bytes.count >= 10 + length else {
      throw DatasetFailure(.length, path, at: bytes.count, "it ends inside its header of \(10 + length) bytes")
    }
    size = 10 + length
    var reader = NPYDictionaryReader(bytes: bytes[10..<size], path: path)
    (element, shape) = try reader.read()
  }

  /// Bytes that the shape asks for; a shape too large for any file is an error, not an overflow.
  func dataSize(_ path: String) throws -> Int {
    var size = element.byteCount
    for dimension in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw DatasetFailure(.length, path, at: 10, "shape \(shape) is larger than any file") }
      size = product
    }
    return size
  }
}

/// Reads `{'descr': '<i4', 'fortran_order': False, 'shape': (3, 2), }` and nothing else that Python would.
struct NPYDictionaryReader {
  let bytes: Slice<UnsafeRawBufferPointer>
  let path: String
  var position: Int

  init(bytes: Slice<UnsafeRawBufferPointer>, path: String) {
    self.bytes = bytes
    self.path = path
    position = bytes.startIndex
  }

  mutating func read() throws -> (NPYElement, [Int]) {
    var element: NPYElement?
    var shape: [Int]?
    var isRowMajor = false
    try expect("{")
    while !take("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr": element = try self.element()
      case "fortran_order": isRowMajor = try rowMajor()
      case "shape": shape = try self.shape()
      default: throw failure("key '\(key)' is not known")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == bytes.endIndex else { throw failure("something follows the dictionary") }
    guard let element, let shape, isRowMajor else { throw failure("descr, fortran_order or shape is missing") }
    return (element, shape)
  }

  private mutating func element() throws -> NPYElement {
    let description = try string()
    guard let element = NPYElement(description: description) else {
      throw failure("type '\(description)' is not read; little-endian integers are")
    }
    return element
  }

  private mutating func rowMajor() throws -> Bool {
    if take("False") { return true }
    throw failure("Fortran order is not read")
  }

  private mutating func shape() throws -> [Int] {
    var shape: [Int] = []
    try expect("(")
    while !take(")") {
      shape.append(try number())
      if !take(",") {
        try expect(")")
        break
      }
    }
    return shape
  }

  private mutating func number() throws -> Int {
    skipSpace()
    var value = 0
    let start = position
    while position < bytes.endIndex, case let digit = Int(bytes[position]) - 48, 0...9 ~= digit {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.addingReportingOverflow(digit)
      guard !overflow, !more else { throw failure("a dimension is larger than any file") }
      value = sum
      position += 1
    }
    guard position > start else { throw failure("a number is expected") }
    return value
  }

  private mutating func string() throws -> String {
    skipSpace()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "'") || bytes[position] == UInt8(ascii: "\"")
    else {
      throw failure("a string is expected")
    }
    let quote = bytes[position]
    guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { throw failure("a string does not end") }
    defer { position = end + 1 }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func expect(_ text: String) throws {
    if !take(text) { throw failure("'\(text)' is expected") }
  }

  private mutating func take(_ text: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, [0x20, 0x0a, 0x09].contains(bytes[position]) { position += 1 }
  }

  private func failure(_ reason: String) -> DatasetFailure {
    DatasetFailure(.format, path, at: position, "bad array header: \(reason)")
  }
}
