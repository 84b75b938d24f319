import ArgumentParser
import Pipeline

/// How lines on standard error look.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json

  /// What a command line asks for, be the rest of it right or wrong: errors are said in the same form.
  static func asked(_ arguments: [String]) -> LogFormat {
    let name = "--log-format"
    let own = arguments.prefix { $0 != "--" }
    for (index, word) in own.enumerated().reversed() {
      if word.hasPrefix(name + "=") { return LogFormat(rawValue: String(word.dropFirst(name.count + 1))) ?? .text }
      if word == name, index + 1 < own.count { return LogFormat(rawValue: own[index + 1]) ?? .text }
    }
    return .text
  }
}

/// What long work says while it runs, and to whom.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Keep how far it is in this file, for Prometheus' node exporter (NAME.prom).", valueName: "file")
  )
  var metrics: String?

  @Option(help: "Lines on standard error for people, or one JSON object a line for programs.")
  var logFormat = LogFormat.text

  @Flag(help: "Say nothing but errors on standard error.")
  var quiet = false

  var progress: Progress.Style {
    MetricsFile.style(metrics, logFormat, quiet ? .quiet : logFormat == .json ? .json : .automatic)
  }
}
