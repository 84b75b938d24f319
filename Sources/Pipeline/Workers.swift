import ByteIO
import Glibc

/// How many threads there is work for.
public enum Workers {
  /// Processors that this process may use: what the scheduler allows it (as a cluster's job has it), not what the
  /// machine has. From `Cpus_allowed` in proc(5); sched_getaffinity itself is out of Swift's reach.
  public static var available: Int {
    let online = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var text = [UInt8](repeating: 0, count: 1 << 14)
    let count = try? text.withUnsafeMutableBytes { try InputFile("/proc/self/status").read(into: $0) }
    let lines = text[..<(count ?? 0)].split(separator: UInt8(ascii: "\n"))
    let key = Array("Cpus_allowed:".utf8)
    guard let line = lines.first(where: { $0.starts(with: key) }) else { return online }
    let digits = line.dropFirst(key.count).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    let allowed = digits.reduce(0) { $0 + $1.nonzeroBitCount }
    return allowed > 0 ? min(allowed, online) : online
  }
}
