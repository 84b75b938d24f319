import ByteIO
import Glibc
import Pipeline
import Synchronization

/// Writes a task's state to its file while the task runs, so that `tiresias status` knows from the files alone that it lives.
///
/// A thread of its own: reading an index for minutes is work, too. A file that cannot be written stops nothing.
final class Heartbeat: Sendable {
  /// Seconds between two signs of life. Whoever was not heard of for ``patience`` is taken for dead.
  static let interval = 10.0
  static let patience = 60.0

  private struct Pulse {
    var state: TaskState
    var isStopped = false
  }

  private let pulse: Mutex<Pulse>
  private let path: String
  private let label: String
  private let started = monotonicSeconds()

  /// `label` is what ``Progress`` calls the work that counts.
  init(_ state: TaskState, path: String, label: String) {
    self.path = path
    self.label = label
    pulse = Mutex(Pulse(state: state))
  }

  /// Runs the work, and tells how it went.
  func during<Result>(_ body: () throws -> Result) throws -> Result {
    let thread = try WorkerThread { self.beat() }
    do {
      let result = try body()
      stop(thread)
      try FileSystem.remove(path)
      return result
    } catch {
      stop(thread)
      var state = pulse.withLock { $0.state }
      (state.phase, state.message) = (.failed, "\(error)")
      try? state.write(to: path)
      throw error
    }
  }

  /// For ``Progress/Style/observed(_:_:)``.
  func observe(_ snapshot: ProgressSnapshot) {
    guard snapshot.label == label else { return }
    let seconds = monotonicSeconds() - started
    pulse.withLock { pulse in
      pulse.state.done = snapshot.done
      pulse.state.resumedAt = snapshot.resumedAt
      pulse.state.total = snapshot.total
      pulse.state.seconds = seconds
    }
  }

  private func stop(_ thread: WorkerThread) {
    pulse.withLock { $0.isStopped = true }
    thread.join()
  }

  private func beat() {
    var last = -Self.interval
    while true {
      let now = monotonicSeconds()
      let (state, isStopped) = pulse.withLock { ($0.state, $0.isStopped) }
      if isStopped { return }
      if now - last >= Self.interval {
        try? state.write(to: path)
        last = now
      }
      usleep(100_000)
    }
  }
}
