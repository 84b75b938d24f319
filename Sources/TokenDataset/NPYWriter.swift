import ByteIO

/// Writes an `.npy` file front to back; it appears under its name complete or not at all.
public final class NPYWriter {
  public let header: NPYHeader
  private let file: AtomicFile
  private let expected: Int

  public var path: String { file.path }

  public init(_ path: String, _ element: NPYElement, shape: [Int]) throws {
    header = NPYHeader(element, shape: shape)
    expected = header.size + (try header.dataSize(path))
    file = try AtomicFile(path)
    try file.write(header.bytes)
  }

  /// Adds elements, in C order.
  public func write(_ bytes: UnsafeRawBufferPointer) throws { try file.write(bytes) }

  /// Gives the file its name. Throws if the elements written are not the shape's.
  public func commit() throws {
    guard file.count == expected else {
      throw DatasetFailure(
        .length, path, "\(file.count) bytes were written, but shape \(header.shape) takes \(expected)")
    }
    try file.commit()
  }
}
