import ByteIO
import Glibc

/// Runs a program and waits for it.
enum ChildProcess {
  struct Result: Equatable {
    /// As a shell has it: 128 + n for one that signal n ended.
    var status: Int
    var errors: String
  }

  /// `program` is looked for in PATH unless it has a slash. It reads nothing, what it prints is dropped, and its errors are
  /// kept, up to a megabyte.
  static func run(_ program: String, _ arguments: [String]) throws -> Result {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw IOFailure.system("run", program) }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, writing, STDERR_FILENO)
    for end in ends where end != STDERR_FILENO { posix_spawn_file_actions_addclose(&actions, end) }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let failure = posix_spawnp(&child, program, &actions, nil, &words, environ)
    close(writing)
    guard failure == 0 else {
      throw IOFailure("run", program, reason: String(cString: strerror(failure)), code: failure)
    }
    let errors = read(reading)
    return Result(status: try wait(for: child, program), errors: errors)
  }

  private static func read(_ descriptor: Int32) -> String {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return String(decoding: text, as: UTF8.self) }
      if text.count < 1 << 20 { text += buffer[..<count] }
    }
  }

  private static func wait(for child: pid_t, _ program: String) throws -> Int {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw IOFailure.system("wait for", program) }
    }
    let signal = Int(status & 0x7F)
    return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + signal
  }
}
