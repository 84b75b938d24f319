import CLinux
import Glibc

/// Anything bytes can be read from in order.
public protocol ByteStream: AnyObject {
  /// What messages call this input.
  var name: String { get }
  /// Fills the front of `buffer`; returns how many bytes, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Opens a file, and waits for nobody: pipes, devices and sockets that a name leads to are refused, since they may never say
/// anything, or never end. What the process was handed by its starter, as `/dev/fd/63`, is read whatever it is.
private func openedForReading(_ path: String) throws -> Int32 {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { throw IOFailure.system("open", path) }
  var status = stat()
  let isKnown = fstat(descriptor, &status) == 0
  let kind = status.st_mode & S_IFMT
  if isKnown && (kind == S_IFREG || kind == S_IFDIR) { return descriptor }
  let isHandedOver = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].contains { path.hasPrefix($0) }
  if isKnown && isHandedOver && fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) == 0 {
    return descriptor
  }
  close(descriptor)
  throw IOFailure(
    "open", path, reason: "it is a pipe, a device or a socket, not a file. Name a file, or a folder of files.")
}

/// A file open for reading, front to back or at any offset.
public final class InputFile: ByteStream, Sendable {
  public let name: String
  let descriptor: Int32

  /// Throws for a pipe, a device or a socket, which might never end.
  public init(_ path: String) throws {
    descriptor = try openedForReading(path)
    name = path
  }

  /// Standard input.
  public init(standardInput: Void) {
    self.name = "standard input"
    self.descriptor = dup(STDIN_FILENO)
  }

  deinit { close(descriptor) }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    if count < 0 { throw IOFailure.system("read", name) }
    return count
  }

  /// Reads exactly `buffer.count` bytes at `offset`; a shorter file is an error.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < buffer.count {
      let count = retrying { pread(descriptor, buffer.baseAddress! + done, buffer.count - done, offset + done) }
      if count < 0 { throw IOFailure.system("read", name) }
      if count == 0 {
        throw IOFailure(
          "read", name, reason: "the file ends before byte \(offset + buffer.count)", offset: offset + done,
          endsEarly: true)
      }
      done += count
    }
  }
}

/// A whole file mapped for reading. Costs address space, not memory.
///
/// Where another process cuts the file, touching what is gone ends this one: see ``exitsOnLostFiles()``.
public final class MappedFile: @unchecked Sendable {  // immutable after init
  public let path: String
  public let bytes: UnsafeRawBufferPointer
  private let note: OpaquePointer?

  public enum Access: Sendable { case sequential, random, normal }

  public init(_ path: String, access: Access = .normal) throws {
    let descriptor = try openedForReading(path)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw IOFailure.system("open", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw IOFailure("map", path, reason: "it is not a regular file")
    }
    self.path = path
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      note = nil
      return
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), address != MAP_FAILED else {
      throw IOFailure.system("map", path)
    }
    switch access {
    case .sequential: madvise(address, size, Int32(MADV_SEQUENTIAL))
    case .random: madvise(address, size, Int32(MADV_RANDOM))
    case .normal: break
    }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
    note = tiresias_mapping_add(address, size, path)
  }

  /// Asks the system to read bytes that are soon wanted, all or in part in the file, and does not wait for them.
  public func willNeed(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<bytes.count)
    guard !range.isEmpty, let base = bytes.baseAddress else { return }
    // The address of a mapping is a page's.
    let start = range.lowerBound & ~(Self.pageSize - 1)
    madvise(UnsafeMutableRawPointer(mutating: base + start), range.upperBound - start, MADV_WILLNEED)
  }

  private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  /// How often the calling thread has read from storage or waited for it until now, in no particular unit.
  public static var storageReads: Int { tiresias_storage_reads() }

  /// Makes the loss of a file that is mapped an error as others are: a message on standard error that names the file and the
  /// byte, and exit code 1, in place of the signal SIGBUS. For programs, once, as they start.
  public static func exitsOnLostFiles() { tiresias_exit_on_lost_mappings() }

  deinit {
    tiresias_mapping_remove(note)
    if let address = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: address), bytes.count) }
  }
}
