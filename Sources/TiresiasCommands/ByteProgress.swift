import Glibc

/// Says on stderr how much of a long copy is done: on a terminal every second, elsewhere every 30 s.
final class ByteProgress {
  private let interval = isatty(STDERR_FILENO) == 1 ? 1.0 : 30.0
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  func report(_ done: Int, _ total: Int) {
    guard last.duration(to: .now) > .seconds(interval) else { return }
    last = .now
    let seconds = max(1, start.duration(to: .now).components.seconds)
    let line = "\(done / 1_000_000) of \(total / 1_000_000) MB, \(done / 1_000_000 / Int(seconds)) MB/s\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }
}
