import Glibc

/// What tells this process from all others, on this machine and on those that share its files.
public enum ThisProcess {
  /// The machine's name, as the network calls it.
  public static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  public static var number: Int { Int(getpid()) }

  /// Whether a process of this machine, by its number, is still there.
  public static func isRunning(_ number: Int) -> Bool {
    kill(pid_t(truncatingIfNeeded: number), 0) == 0 || errno == EPERM
  }

  /// Host and process number, fit for a file's name.
  public static var writer: String {
    let plain = host.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
    return String(plain) + "-" + String(number)
  }
}
