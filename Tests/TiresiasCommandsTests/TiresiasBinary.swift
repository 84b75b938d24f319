import Foundation

/// The built command, run as users run it.
enum TiresiasBinary {
  /// `TIRESIAS_BINARY`, or `tiresias` in the folder that these tests were built into; nil if there is none.
  static let path: String? = {
    if let named = ProcessInfo.processInfo.environment["TIRESIAS_BINARY"] { return named }
    let folders = sequence(first: URL(filePath: CommandLine.arguments[0])) { url in
      url.path == "/" ? nil : url.deletingLastPathComponent()
    }
    return folders.map { $0.appending(path: "tiresias").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) && !isDirectory($0) }
  }()

  struct Result {
    /// The exit code, or minus the signal that ended it.
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs it to its end; after `killedAfter` seconds it gets SIGKILL, or another signal. It writes to a device, where one is
  /// given.
  static func run(
    _ arguments: [String], killedAfter seconds: Double? = nil, signal: Int32 = SIGKILL, output device: String? = nil,
    in folder: String? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: path ?? "")
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    let output = try Capture()
    let errors = try Capture()
    process.standardOutput = device.flatMap { FileHandle(forWritingAtPath: $0) } ?? output.handle
    process.standardError = errors.handle
    try process.run()
    if let seconds {
      Thread.sleep(forTimeInterval: seconds)
      kill(process.processIdentifier, signal)
    }
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Result(status: status, output: try output.text(), errors: try errors.text())
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// A file that takes what the process says: no pipe that could fill up.
  private final class Capture {
    let handle: FileHandle
    private let url: URL

    init() throws {
      url = FileManager.default.temporaryDirectory.appending(path: "tiresias-\(UUID().uuidString)")
      _ = FileManager.default.createFile(atPath: url.path, contents: nil)
      handle = try FileHandle(forWritingTo: url)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }
  }
}
