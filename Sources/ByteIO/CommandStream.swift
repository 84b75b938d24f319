import Glibc

/// What a program writes to its standard output, as a stream of bytes; its standard error is this process's, or nobody's.
///
/// The program is a process of its own, ended with all that it has started when the stream goes before its end. A program
/// that fails is a failure of reading at the stream's end, so what was read before is not taken for all there is.
public final class CommandStream: ByteStream {
  /// What reading throws that nobody waits for any more.
  public struct GivenUp: Error, Equatable {}

  public let name: String
  private let descriptor: Int32
  private let isGivenUp: @Sendable () -> Bool
  private var process: pid_t?

  /// Starts `arguments[0]`, found as the shell finds it, with the others as its arguments. It has nothing to read.
  ///
  /// - Parameters:
  ///   - isHeard: whether people see what it writes to standard error.
  ///   - isGivenUp: asked before each read, and some times a second while the program says nothing; once it says yes,
  ///     reading throws ``GivenUp``.
  public init(
    _ arguments: [String], name: String? = nil, isHeard: Bool = true,
    isGivenUp: @escaping @Sendable () -> Bool = { false }
  ) throws {
    self.isGivenUp = isGivenUp
    self.name = name ?? arguments.joined(separator: " ")
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw IOFailure.system("start", self.name) }
    defer { close(ends[1]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    descriptor = ends[0]
    process = try Self.spawn(arguments, output: ends[1], isHeard: isHeard)
  }

  deinit {
    close(descriptor)
    if let process { ProcessTree(process).end() }
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try waitForOutput()
    let count = retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    if count < 0 { throw IOFailure.system("read", name) }
    if count == 0 && buffer.count > 0 { try requireSuccess() }
    return count
  }

  /// All that is left of the output, for programs that say little.
  public func contents(limit: Int = 1 << 24) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try piece.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
      guard bytes.count <= limit else { throw IOFailure("read", name, reason: "it writes more than \(limit) bytes") }
    }
  }

  /// Until there is something to read, or nothing more to come.
  private func waitForOutput() throws {
    var output = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    repeat {
      if isGivenUp() { throw GivenUp() }
    } while poll(&output, 1, 200) == 0 || output.revents == 0 && errno == EINTR
  }

  private func requireSuccess() throws {
    guard let process else { return }
    self.process = nil
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status != 0 else { return }
    // What ends this process's work may end the program as well, as where a terminal or a cluster does it.
    if isGivenUp() { throw GivenUp() }
    let how = status & 0x7F == 0 ? "exit code \((status >> 8) & 0xFF)" : "signal \(status & 0x7F)"
    throw IOFailure("read", name, reason: "the command failed (\(how)); its own message, if any, stands above")
  }

  private static func spawn(_ arguments: [String], output: Int32, isHeard: Bool) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    if !isHeard { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
    // This process ignores SIGPIPE; programs of pipelines rely on it.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &pointers, environ)
    guard code == 0 else {
      throw IOFailure("start", arguments[0], reason: String(cString: strerror(code)), code: code)
    }
    return process
  }
}
