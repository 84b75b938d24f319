import ByteIO
import CLinux
import Glibc

/// A file open for copying whole ranges of bytes, inside the kernel where the file system can.
final class CopyFile {
  let path: String
  private let descriptor: Int32

  init(reading path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw IOFailure.system("open", path) }
    self.path = path
  }

  init(writing path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw IOFailure.system("write", path) }
    self.path = path
  }

  deinit { close(descriptor) }

  func synchronize() throws {
    if fsync(descriptor) != 0 { throw IOFailure.system("synchronize", path) }
  }

  /// Copies exactly `count` bytes; `progress` hears of every piece of at most 64 MiB.
  func copy(_ offset: Int, _ count: Int, to target: CopyFile, at start: Int, progress: (Int) -> Void) throws {
    var done = 0
    while done < count {
      let piece = min(count - done, 1 << 26)
      let copied = try copyPiece(offset + done, piece, to: target, at: start + done)
      guard copied > 0 else {
        throw IOFailure("copy", path, reason: "it became shorter while it was copied", offset: offset + done)
      }
      done += copied
      progress(copied)
    }
  }

  private func copyPiece(_ offset: Int, _ count: Int, to target: CopyFile, at start: Int) throws -> Int {
    let copied = tiresias_copy_file_range(descriptor, Int64(offset), target.descriptor, Int64(start), count)
    if copied >= 0 { return copied }
    switch errno {
    // Other file system, or one that cannot: the bytes go through memory.
    case EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EPERM: return try copyThroughMemory(offset, count, to: target, at: start)
    case EINTR: return try copyPiece(offset, count, to: target, at: start)
    default: throw IOFailure.system("write", target.path)
    }
  }

  private func copyThroughMemory(_ offset: Int, _ count: Int, to target: CopyFile, at start: Int) throws -> Int {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(count, 1 << 20), alignment: 4096)
    defer { buffer.deallocate() }
    let read = pread(descriptor, buffer.baseAddress, buffer.count, offset)
    if read < 0 { throw IOFailure.system("read", path) }
    var done = 0
    while done < read {
      let written = pwrite(target.descriptor, buffer.baseAddress! + done, read - done, start + done)
      if written < 0 { throw IOFailure.system("write", target.path) }
      done += written
    }
    return read
  }
}
