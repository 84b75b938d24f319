import ByteIO
import Glibc

/// Runs numbered parts on several threads.
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

  /// Calls `makeWorker` once on each of `count` threads, and what it returns for every part in `0..<parts`, each once,
  /// lower numbers first. Returns when all are done.
  ///
  /// The first error stops the others after their current part, and is thrown. What a worker keeps between parts (an
  /// encoder, a buffer) is made by `makeWorker`, so it need not be safe to share.
  public static func run(
    _ count: Int, parts: Int, makeWorker: @escaping @Sendable () throws -> (_ part: Int) throws -> Void
  ) throws {
    let shared = Monitor(Shared())
    var threads: [WorkerThread] = []
    defer { for thread in threads { thread.join() } }
    do {
      for _ in 0..<min(max(1, count), max(1, parts)) {
        threads.append(try WorkerThread { work(shared, parts, makeWorker) })
      }
    } catch {
      shared.change { $0.failure = $0.failure ?? error }
    }
    for thread in threads { thread.join() }
    if let failure = shared.change({ $0.failure }) { throw failure }
  }

  private struct Shared {
    var next = 0
    var failure: (any Error)?
  }

  private static func work(
    _ shared: Monitor<Shared>, _ parts: Int, _ makeWorker: () throws -> (Int) throws -> Void
  ) {
    do {
      let worker = try makeWorker()
      while let part = shared.change({ takePart(&$0, parts) }) { try worker(part) }
    } catch {
      shared.change { $0.failure = $0.failure ?? error }
    }
  }

  private static func takePart(_ shared: inout Shared, _ parts: Int) -> Int? {
    guard shared.failure == nil, shared.next < parts else { return nil }
    shared.next += 1
    return shared.next - 1
  }
}
