import ArgumentParser
import ByteIO
import Glibc

/// Standard output, buffered. A reader that has gone away ends the process with success: it had what it wanted.
final class StandardOutput {
  private static let capacity = 1 << 16
  private var buffer: [UInt8] = []

  init() {
    signal(SIGPIPE, SIG_IGN)
    buffer.reserveCapacity(Self.capacity)
  }

  func write(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes out what is buffered; call it at the end.
  func flush() throws {
    try buffer.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(STDOUT_FILENO, bytes.baseAddress.unsafelyUnwrapped + done, bytes.count - done)
        if count < 0 && errno == EINTR { continue }
        if count < 0 && errno == EPIPE { throw ExitCode.success }
        if count < 0 { throw IOFailure.system("write", "standard output") }
        done += count
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
