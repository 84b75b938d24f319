import ByteIO
import Glibc
import StructuredText

/// One thing that is said while the program works: a line of JSON on standard error, for those who collect such lines
/// (docs/formats.md, "Log lines").
public struct LogEvent: Sendable {
  public enum Level: String, Sendable {
    case info
    case error
  }

  public enum Kind: String, Sendable {
    case began
    case progress
    case finished
    case note
    case error
  }

  let level: Level
  let kind: Kind
  let message: String
  let fields: [JSONMember]

  /// `fields` are what the kind has besides.
  public init(_ kind: Kind, level: Level = .info, _ message: String, _ fields: [JSONMember] = []) {
    (self.kind, self.level, self.message, self.fields) = (kind, level, message, fields)
  }

  /// With its line feed. Numbers that are none are left out: a log line is never a reason to fail.
  func line(
    time: String = LogEvent.now, host: String = ThisProcess.host, process: Int = ThisProcess.number
  ) -> String {
    let members = [
      JSONMember("time", .string(time)), JSONMember("level", .string(level.rawValue)),
      JSONMember("event", .string(kind.rawValue)), JSONMember("message", .string(message)),
      JSONMember("host", .string(host)), JSONMember("process", .integer(Int64(process))),
    ]
    let all = JSONValue.object(members + fields)
    let bytes = (try? all.serialized()) ?? (try? JSONValue.object(members).serialized()) ?? []
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }

  /// Says it on standard error, in one call, so that the lines of several threads or tasks do not mix.
  public func write() { standardError(line()) }

  /// The time as RFC 3339 has it: in UTC, to the millisecond.
  static var now: String {
    var (clock, date) = (timespec(), tm())
    clock_gettime(CLOCK_REALTIME, &clock)
    gmtime_r(&clock.tv_sec, &date)
    func digits(_ value: Int32, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let day = "\(digits(date.tm_year + 1900, 4))-\(digits(date.tm_mon + 1, 2))-\(digits(date.tm_mday, 2))"
    let time = "\(digits(date.tm_hour, 2)):\(digits(date.tm_min, 2)):\(digits(date.tm_sec, 2))"
    return "\(day)T\(time).\(digits(Int32(clock.tv_nsec / 1_000_000), 3))Z"
  }
}

func standardError(_ text: String) {
  Array(text.utf8).withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
