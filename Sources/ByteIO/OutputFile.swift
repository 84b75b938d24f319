import Glibc

/// A file under construction at its path: written at any offset by any number of threads.
///
/// It has no final name of its own; give it one with ``FileSystem/rename(_:to:)`` when it is complete.
public final class PositionedFile: Sendable {
  public let path: String
  let descriptor: Int32

  /// Opens for reading and writing, making the file if it is missing and keeping what it holds.
  public init(_ path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw IOFailure.system("write", path) }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Sets the length; what is added reads as zeros and takes no disk.
  public func setSize(_ size: Int) throws {
    if ftruncate(descriptor, size) != 0 { throw IOFailure.system("set the size of", path) }
  }

  public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let count = retrying { pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done) }
      if count < 0 { throw IOFailure.system("write", path) }
      done += count
    }
  }

  /// Claims the file for this object until it goes; a file that another one claims, in any process, is refused. A shared
  /// claim goes with other shared ones.
  ///
  /// A convenience, and no more: not every network file system tells other machines of it, and some know no locks. There,
  /// nothing is claimed.
  public func lock(shared: Bool = false) throws {
    if flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 { return }
    if errno == ENOSYS || errno == EOPNOTSUPP || errno == ENOLCK { return }
    guard errno == EWOULDBLOCK else { throw IOFailure.system("lock", path) }
    throw IOFailure("write", path, reason: "another run is writing it. Wait for that one, or choose another name.")
  }

  /// Waits until the data are on the disk.
  public func synchronize() throws {
    if fsync(descriptor) != 0 { throw IOFailure.system("synchronize", path) }
  }
}

/// A file written front to back that appears under its name complete, or not at all.
///
/// Bytes go to `PATH.partial`; ``commit()`` synchronizes it and renames. One left over from a killed run is overwritten.
/// Where several processes may write the same file at once, each gives a `writer` of its own: `PATH.WRITER.partial`.
///
/// A folder, device, pipe or socket of that name is refused, not replaced. A symbolic link is replaced; a file that a user
/// names is written where ``FileSystem/destination(of:)`` says.
public final class AtomicFile {
  public let path: String
  public let partialPath: String
  private let descriptor: Int32
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var written = 0
  private var committed = false

  public init(_ path: String, writer: String? = nil, bufferSize: Int = 1 << 18) throws {
    try FileSystem.requireReplaceable(path)
    self.path = path
    partialPath = path + (writer.map { "." + $0 } ?? "") + ".partial"
    descriptor = open(partialPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    buffer = .allocate(byteCount: bufferSize, alignment: 64)
    guard descriptor >= 0 else { throw IOFailure.system("write", path) }
  }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
    if descriptor >= 0 && !committed { unlink(partialPath) }
  }

  /// Bytes handed over so far.
  public var count: Int { written + used }

  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    if bytes.count > buffer.count - used { try flush() }
    if bytes.count >= buffer.count { return try writeOut(bytes) }
    guard let source = bytes.baseAddress else { return }
    (buffer.baseAddress! + used).copyMemory(from: source, byteCount: bytes.count)
    used += bytes.count
  }

  public func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  public func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Writes what is buffered, makes it durable, and gives the file its name.
  public func commit() throws {
    try flush()
    if fsync(descriptor) != 0 { throw IOFailure.system("synchronize", path) }
    try FileSystem.rename(partialPath, to: path)
    committed = true
  }

  private func flush() throws {
    try writeOut(UnsafeRawBufferPointer(rebasing: buffer[..<used]))
    used = 0
  }

  private func writeOut(_ bytes: UnsafeRawBufferPointer) throws {
    var done = 0
    while done < bytes.count {
      let count = retrying { Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done) }
      if count < 0 { throw IOFailure.system("write", path) }
      done += count
    }
    written += bytes.count
  }

  /// Replaces or makes a whole small file in one step.
  public static func replace(_ path: String, with bytes: [UInt8], writer: String? = nil) throws {
    let file = try AtomicFile(path, writer: writer)
    try file.write(bytes)
    try file.commit()
  }
}
