import ByteIO
import Pipeline
import Synchronization

/// How far a run is, as a text file for Prometheus' node exporter, replaced in one step at most every ten seconds.
final class MetricsFile: Sendable {
  private struct State {
    var works: [(label: String, snapshot: ProgressSnapshot)] = []
    var lastWritten = -Double.infinity
    var hasFailed = false
  }

  private let path: String
  private let format: LogFormat
  private let state = Mutex(State())

  init(_ path: String, _ format: LogFormat) { (self.path, self.format) = (path, format) }

  /// The style of progress that writes the file, too.
  static func style(_ path: String?, _ format: LogFormat, _ style: Progress.Style) -> Progress.Style {
    guard let path else { return style }
    return .observed(MetricsFile(path, format).observe, style)
  }

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
    if let text { write(text) }
  }

  /// A file that cannot be written stops nothing, and is told of once.
  private func write(_ text: String) {
    do {
      let place = try FileSystem.destination(of: path)
      try AtomicFile.replace(place, with: Array(text.utf8), writer: ThisProcess.writer)
    } catch {
      let isTold = state.withLock { state in
        defer { state.hasFailed = true }
        return state.hasFailed
      }
      if isTold { return }
      let message = "--metrics: \(error) The work goes on without."
      switch format {
      case .text: StandardError.say("tiresias: \(message)")
      case .json: LogEvent(.note, level: .error, message).write()
      }
    }
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
