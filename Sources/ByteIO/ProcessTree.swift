import Glibc

/// A child of this process, and all that it has started: a shell that is ended leaves what it waits for behind.
///
/// They are found by `/proc`, and not made a process group of their own: a program that asks for a password at the terminal
/// must stay in the group that the terminal listens to.
struct ProcessTree {
  private let root: pid_t
  private let others: [pid_t]

  init(_ root: pid_t) {
    self.root = root
    var found = [root]
    var next = 0
    while next < found.count {
      found += Self.children(of: found[next])
      next += 1
    }
    others = Array(found.dropFirst())
  }

  /// Asks all to end; those that are still there a second later are not asked. Afterwards the root is gone.
  func end() {
    for process in [root] + others { kill(process, SIGTERM) }
    var isRootGone = false
    for _ in 0..<100 {
      isRootGone = isRootGone || waitpid(root, nil, WNOHANG) != 0
      if isRootGone && !others.contains(where: { kill($0, 0) == 0 }) { return }
      usleep(10_000)
    }
    for process in others { kill(process, SIGKILL) }
    guard !isRootGone else { return }
    kill(root, SIGKILL)
    waitpid(root, nil, 0)
  }

  private static func children(of process: pid_t) -> [pid_t] {
    let threads = "/proc/\(process)/task"
    return ((try? FileSystem.names(in: threads)) ?? []).flatMap { thread -> [pid_t] in
      guard let file = try? InputFile("\(threads)/\(thread)/children") else { return [] }
      var numbers = [UInt8](repeating: 0, count: 1 << 14)
      let count = (try? numbers.withUnsafeMutableBytes { try file.read(into: $0) }) ?? 0
      return numbers[..<count].split(separator: UInt8(ascii: " ")).compactMap {
        pid_t(String(decoding: $0, as: UTF8.self))
      }
    }
  }
}
