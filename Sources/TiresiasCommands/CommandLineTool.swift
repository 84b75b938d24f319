import ArgumentParser
import ByteIO
@preconcurrency import Glibc
import Pipeline
import StructuredText

/// Runs the command line: parses, calls, and turns what is thrown into one message and an exit code.
public enum CommandLineTool {
  public static func main() {
    // Writing to a closed pipe is an error that is thrown where it happens, not the end of the process.
    // So is writing beyond the limit on a file's size.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    MappedFile.exitsOnLostFiles()
    var code: Int32 = 0
    do {
      try EmptyArguments.refuse(CommandLine.arguments)
      var command = try TiresiasCommand.parseAsRoot()
      try command.run()
    } catch {
      code = report(error)
    }
    exit(flushed(code))
  }

  /// What was printed goes out, or is told to be lost; the exit code after that. A reader that has gone had what it wanted.
  private static func flushed(_ code: Int32) -> Int32 {
    errno = 0
    guard fflush(stdout) != 0 || ferror(stdout) != 0 else { return code }
    let failure = StandardOutput.failure()
    if StandardOutput.isReaderGone { return code }
    say("\(failure)", text: "tiresias: \(failure)", 1)
    return code == 0 ? 1 : code
  }

  private static func report(_ error: any Error) -> Int32 {
    if let code = error as? ExitCode { return code.rawValue }
    let code = TiresiasCommand.exitCode(for: error)
    switch code {
    case .success:
      print(TiresiasCommand.fullMessage(for: error))
      return 0
    case .validationFailure:
      say(TiresiasCommand.message(for: error), text: TiresiasCommand.fullMessage(for: error), 2)
      return 2
    default:
      say("\(error)", text: "tiresias: \(error)", 1)
      return 1
    }
  }

  /// Once, in the form that was asked for.
  private static func say(_ message: String, text: String, _ code: Int64) {
    switch LogFormat.asked(CommandLine.arguments) {
    case .text: write(text + "\n")
    case .json: LogEvent(.error, level: .error, message, [JSONMember("exit", .integer(code))]).write()
    }
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress! + done, $0.count - done) }
      if count <= 0 { return }
      done += count
    }
  }
}
