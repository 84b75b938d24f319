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
        if count < 0 { throw Self.failure() }
        done += count
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// What `errno` says, with advice that is true of what no second run can go on with.
  static func failure() -> IOFailure {
    let cause = errno == 0 ? "something of it is lost" : String(cString: strerror(errno))
    return IOFailure(
      "write", "standard output", reason: cause + ". What came out is not whole: send it where there is room.")
  }

  /// Whether it is a pipe that nobody reads any more.
  static var isReaderGone: Bool {
    var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return poll(&output, 1, 0) > 0 && output.revents & Int16(POLLERR) != 0
  }
}
