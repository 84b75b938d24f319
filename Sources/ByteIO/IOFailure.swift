import Glibc

/// What went wrong with a file: which operation, on what, why, and what to do about it.
public struct IOFailure: Error, Equatable, CustomStringConvertible {
  public let path: String
  public let operation: String
  public let reason: String
  /// The C library's error number, 0 where the failure is not the system's.
  public let code: Int32
  /// Byte offset in the file, where one is known.
  public let offset: Int?
  /// True where the data end before they should: what came before is sound.
  public let endsEarly: Bool

  public init(
    _ operation: String, _ path: String, reason: String, code: Int32 = 0, offset: Int? = nil, endsEarly: Bool = false
  ) {
    self.path = path
    self.operation = operation
    self.reason = reason
    self.code = code
    self.offset = offset
    self.endsEarly = endsEarly
  }

  /// The failure that `errno` describes right now.
  public static func system(_ operation: String, _ path: String) -> IOFailure {
    let code = errno
    return IOFailure(operation, path, reason: String(cString: strerror(code)), code: code)
  }

  public var description: String {
    let place = offset.map { ", byte \($0)" } ?? ""
    return "\(path)\(place): cannot \(operation): \(reason)\(advice)"
  }

  private var advice: String {
    switch code {
    case ENOENT: ". Check the path."
    case EISDIR: ". Name a file in it."
    case EACCES, EPERM, EROFS: ". Check the permissions, or choose another folder."
    case ENOSPC, EDQUOT: ". Make room, then run the same command again: it continues where it stopped."
    case EFBIG: ". Raise the limit on file sizes (ulimit -f), then run the same command again."
    case EMFILE, ENFILE: ". Raise the limit on open files (ulimit -n)."
    default: ""
    }
  }
}

/// Calls `body` again while a signal interrupts it; a result below zero is an error.
@inline(__always)
func retrying(_ body: () -> Int) -> Int {
  while true {
    let result = body()
    if result >= 0 || errno != EINTR { return result }
  }
}
