import ByteIO
import TokenDataset

/// A read-only array of whole numbers, in memory or in a mapped `.npy` file: int32, uint32 or int64.
public final class IndexArray: @unchecked Sendable {  // immutable
  public let element: NPYElement
  /// Number of elements; a two-dimensional array counts all of them.
  public let count: Int
  private let base: UnsafeRawPointer
  private let owner: AnyObject

  init<Element>(_ buffer: LargeBuffer<Element>) {
    element = MemoryLayout<Element>.size == 8 ? .int64 : Element.isSigned ? .int32 : .uint32
    count = buffer.elements.count
    base = UnsafeRawPointer(buffer.elements.baseAddress!)
    owner = buffer
  }

  /// Maps a file, which must have one of these element types and this many dimensions.
  convenience init(_ path: String, _ elements: [NPYElement], columns: Int?) throws {
    try self.init(NPYFile(path, access: .random), elements, columns: columns)
  }

  /// The array of a mapped file.
  init(_ file: NPYFile, _ elements: [NPYElement], columns: Int?) throws {
    let path = file.path
    guard elements.contains(file.element) else {
      throw OrderFailure(
        .map, path,
        "its type is \(file.element.description), not \(elements.map(\.description).joined(separator: " or "))")
    }
    guard file.shape.count == (columns == nil ? 1 : 2), columns == nil || file.shape[1] == columns else {
      throw OrderFailure(.map, path, "its shape is \(file.shape), not \(columns.map { "[n, \($0)]" } ?? "[n]")")
    }
    element = file.element
    count = file.count
    base = file.bytes.baseAddress!
    owner = file
  }

  /// Element `index`, which must exist.
  @inline(__always)
  public subscript(index: Int) -> Int {
    precondition(index >= 0 && index < count, "no such element")
    return switch element {
    case .uint32: Int(base.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self))
    case .int64: Int(base.loadUnaligned(fromByteOffset: 8 &* index, as: Int64.self))
    default: Int(base.loadUnaligned(fromByteOffset: 4 &* index, as: Int32.self))
    }
  }

  /// All elements as they are stored.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count * element.byteCount) }
}
