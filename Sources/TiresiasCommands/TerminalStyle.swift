import ArgumentParser
import Glibc

/// Colours on a terminal, and nothing but text elsewhere.
struct TerminalStyle {
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never
  }

  enum Role: String {
    case removed = "31;9"
    case added = "32;1"
    case dim = "2"
    case strong = "1"
    case error = "31;1"
    case warning = "33;1"
  }

  let isColoured: Bool

  /// `auto` colours a terminal, unless NO_COLOR is set to anything or the terminal is dumb (no-color.org).
  init(_ choice: Choice = .auto, descriptor: Int32 = STDOUT_FILENO) {
    switch choice {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      isColoured = isatty(descriptor) == 1 && !Self.isSet("NO_COLOR") && Self.variable("TERM") != "dumb"
    }
  }

  func paint(_ text: some StringProtocol, _ role: Role) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : String(text)
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func isSet(_ name: String) -> Bool { !(variable(name) ?? "").isEmpty }

  /// Columns of the terminal on standard output; 0 where it is none.
  static var terminalWidth: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
  }
}
