import ByteIO
import Pipeline
import Synchronization

/// How far a run is, as a text file for Prometheus' node exporter, replaced in one step at most every ten seconds.
final class MetricsFile: Sendable {
  private struct State {
    var works: [(label: String, snapshot: ProgressSnapshot)] = []
    var lastWritten = -Double.infinity
  }

  private let path: String
  private let state = Mutex(State())

  init(_ path: String) { self.path = path }

  /// The style of progress that writes the file, too.
  static func style(_ path: String?, _ style: Progress.Style) -> Progress.Style {
    guard let path else { return style }
    return .observed(MetricsFile(path).observe, style)
  }

  /// A file that cannot be written stops nothing.
  private func observe(_ snapshot: ProgressSnapshot) {
    let text: String? = state.withLock { state in
      if let index = state.works.firstIndex(where: { $0.label == snapshot.label }) {
        state.works[index].snapshot = snapshot
      } else {
        state.works.append((snapshot.label, snapshot))
      }
      let now = monotonicSeconds()
      guard snapshot.isFinished || now - state.lastWritten >= 10 else { return nil }
      state.lastWritten = now
      return Self.text(state.works.map(\.snapshot))
    }
    if let text { try? AtomicFile.replace(path, with: Array(text.utf8), writer: ThisProcess.writer) }
  }

  /// Prometheus' text format, version 0.0.4.
  static func text(_ works: [ProgressSnapshot]) -> String {
    let metrics: [(name: String, help: String, value: (ProgressSnapshot) -> String)] = [
      ("done", "Units of work that are done, by this run or one before.", { "\($0.done)" }),
      ("total", "Units of work in all.", { "\($0.total)" }),
      ("bytes", "Bytes of data that this run has handled.", { "\($0.bytes)" }),
      ("seconds", "Seconds since the work began.", { "\($0.seconds)" }),
      ("finished", "1 if the work is finished.", { $0.isFinished ? "1" : "0" }),
    ]
    return metrics.map { metric in
      let name = "tiresias_work_\(metric.name)"
      let lines = works.map { "\(name){work=\"\($0.label)\",unit=\"\($0.unit.name)\"} \(metric.value($0))\n" }
      return "# HELP \(name) \(metric.help)\n# TYPE \(name) gauge\n" + lines.joined()
    }.joined()
  }
}
