import ByteIO

/// Where the items of a base that was made from a raw Pile come from: its sidecar, `PREFIX.origin.bin` and `.origin.json`.
///
/// 16 bytes an item, little-endian: u16 subset, u16 file, u32 zero, u64 line (from 1). Subset and file are numbers in
/// the record's lists; subset 65535 means that the line named none. Mapped, so it costs no memory.
public final class Origin: Sendable {
  static let rowSize = 16
  static let none = 65535

  /// What the sidecar says of the base as a whole.
  public let record: OriginRecord
  private let rows: MappedFile

  /// Opens the sidecar of the data set at `prefix` (its path without `.bin`). Throws if there is none, or if it is not
  /// what its record says.
  public init(prefix: String) throws {
    record = try OriginRecord.read(prefix + ".origin.json")
    rows = try MappedFile(prefix + ".origin.bin", access: .random)
    guard rows.bytes.count == record.items * Origin.rowSize else {
      throw TokenizeFailure(
        place: rows.path,
        reason: "it has \(rows.bytes.count) bytes, not \(Origin.rowSize) for each of \(record.items) items. "
          + "Tokenize the Pile again.")
    }
  }

  /// Number of items.
  public var count: Int { record.items }

  /// An item's subset as a number in the record's `subsets`; nil if its line named none.
  public func subset(ofItem item: Int) -> Int? {
    let number = Int(UInt16(littleEndian: load(item, 0)))
    return number < record.subsets.count ? number : nil
  }

  /// An item's file as a number in the record's `files`, and its line, counted from 1; nil if the row names a file that
  /// the record does not have.
  public func place(ofItem item: Int) -> (file: Int, line: Int)? {
    let file = Int(UInt16(littleEndian: load(item, 2)))
    guard file < record.files.count else { return nil }
    return (file, Int(truncatingIfNeeded: UInt64(littleEndian: load(item, 8))))
  }

  private func load<Value: FixedWidthInteger & BitwiseCopyable>(_ item: Int, _ offset: Int) -> Value {
    rows.bytes.loadUnaligned(fromByteOffset: item * Origin.rowSize + offset, as: Value.self)
  }

  /// Rows of a part's sidecar as they stand in that of the whole.
  static func renumbered(_ rows: [UInt8], subsets: [Int], firstFile: Int, _ place: String) throws -> [UInt8] {
    var rows = rows
    try rows.withUnsafeMutableBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: rowSize) {
        let subset = Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt16.self)))
        let file = Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 2, as: UInt16.self)))
        guard subset == none || subset < subsets.count, firstFile + file < none else {
          throw TokenizeFailure(place: place, reason: "its rows are not those of its record. Tokenize the part again.")
        }
        bytes.storeBytes(
          of: UInt16(subset == none ? none : subsets[subset]).littleEndian, toByteOffset: start, as: UInt16.self)
        bytes.storeBytes(of: UInt16(firstFile + file).littleEndian, toByteOffset: start + 2, as: UInt16.self)
      }
    }
    return rows
  }

  /// Appends an item's row.
  static func append(subset: Int?, file: Int, line: Int, to rows: inout [UInt8]) {
    withUnsafeBytes(of: UInt16(subset ?? none).littleEndian) { rows.append(contentsOf: $0) }
    withUnsafeBytes(of: UInt16(file).littleEndian) { rows.append(contentsOf: $0) }
    withUnsafeBytes(of: UInt32(0)) { rows.append(contentsOf: $0) }
    withUnsafeBytes(of: UInt64(line).littleEndian) { rows.append(contentsOf: $0) }
  }
}
