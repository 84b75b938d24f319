import Glibc

/// The bytes of an argument as the process was given them.
enum ArgumentBytes {
  /// The parser's text has U+FFFD in place of what is no UTF-8; then the bytes are looked for among all arguments.
  static func of(_ text: String, among arguments: [[UInt8]] = all) -> [UInt8] {
    guard text.unicodeScalars.contains("\u{FFFD}") else { return Array(text.utf8) }
    return arguments.last { String(decoding: $0, as: UTF8.self) == text } ?? Array(text.utf8)
  }

  private static var all: [[UInt8]] {
    (0..<Int(CommandLine.argc)).compactMap { index in
      CommandLine.unsafeArgv[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }
  }
}
