import ByteIO
import Glibc

/// Says on standard error how far a long piece of work is: a bar on a terminal, a line every 30 s elsewhere.
///
/// Any thread may report. Reporting costs a lock and, ten times a second at most, one line on a terminal.
public final class Progress: Sendable {
  public enum Unit: Sendable {
    case bytes
    /// Things that are counted, by their name in the plural.
    case items(String)

    public var name: String {
      switch self {
      case .bytes: "bytes"
      case .items(let name): name
      }
    }
  }

  public enum Style: Sendable {
    /// A bar if standard error is a terminal, else lines.
    case automatic
    case bar
    case lines
    /// Lines of JSON; see ``LogEvent``.
    case json
    case quiet
    /// As the other style, with someone who is told of everything.
    indirect case observed(@Sendable (ProgressSnapshot) -> Void, Style)

    /// What is said to people.
    fileprivate var spoken: Style {
      if case .observed(_, let style) = self { return style.spoken }
      return self
    }

    fileprivate var observers: [@Sendable (ProgressSnapshot) -> Void] {
      if case .observed(let observer, let style) = self { return [observer] + style.observers }
      return []
    }
  }

  private let style: Style
  private let observers: [@Sendable (ProgressSnapshot) -> Void]
  private let write: @Sendable (String) -> Void
  private let clock: @Sendable () -> Double
  private let state: Monitor<State>

  private struct State {
    var snapshot: ProgressSnapshot
    let started: Double
    var lastSaid: Double
  }

  /// Work of `total` units, `done` of them finished by an earlier run: they count as done, and not for the rate.
  public convenience init(_ label: String, total: Int, unit: Unit, done: Int = 0, style: Style = .automatic) {
    self.init(label, total: total, unit: unit, done: done, style: style, write: standardError, clock: monotonicSeconds)
  }

  init(
    _ label: String, total: Int, unit: Unit, done: Int, style: Style, write: @escaping @Sendable (String) -> Void,
    clock: @escaping @Sendable () -> Double
  ) {
    let spoken = style.spoken
    if case .automatic = spoken { self.style = isatty(STDERR_FILENO) == 1 ? .bar : .lines } else { self.style = spoken }
    observers = style.observers
    self.write = write
    self.clock = clock
    let now = clock()
    let snapshot = ProgressSnapshot(label: label, total: total, unit: unit, resumedAt: done, done: done)
    state = Monitor(State(snapshot: snapshot, started: now, lastSaid: now))
    for observer in observers { observer(snapshot) }
    if case .json = self.style, total > done { log(.began, snapshot) }
  }

  /// Goes on with a part of the work that has a name; `done` units of it were finished by an earlier run.
  public func begin(_ part: String, done: Int) {
    state.change { state in
      state.snapshot.part = part
      state.snapshot.done += done
      state.snapshot.resumedAt += done
    }
  }

  /// Counts `units` more as done, and `bytes` of data for the rate that is shown.
  public func advance(_ units: Int, bytes: Int = 0) {
    if isSilent { return }
    let now = clock()
    let (snapshot, isDue) = state.change { state in
      state.snapshot.done += units
      state.snapshot.bytes += bytes
      state.snapshot.seconds = now - state.started
      let isDue = now - state.lastSaid >= interval
      if isDue { state.lastSaid = now }
      return (state.snapshot, isDue)
    }
    for observer in observers { observer(snapshot) }
    if isDue { say(snapshot.line, .progress, snapshot) }
  }

  /// Says how much was done, how long it took, and what it waited for where that is known.
  public func finish(_ times: WorkTimes? = nil) {
    if isSilent { return }
    let now = clock()
    let snapshot = state.change { state in
      state.snapshot.seconds = now - state.started
      state.snapshot.isFinished = true
      state.snapshot.times = times
      return state.snapshot
    }
    for observer in observers { observer(snapshot) }
    say(snapshot.summary, .finished, snapshot)
    if case .bar = style { write("\n") }
  }

  /// Says something outside any piece of work.
  public static func note(_ text: String, style: Style = .automatic) {
    switch style.spoken {
    case .quiet: return
    case .json: LogEvent(.note, text).write()
    default: standardError(text + "\n")
    }
  }

  /// Says something besides, on a line of its own.
  public func note(_ text: String) {
    if case .quiet = style { return }
    if case .json = style { return write(LogEvent(.note, text).line()) }
    if case .bar = style { write("\r\u{1B}[K") }
    write(text + "\n")
  }

  private var interval: Double {
    switch style {
    case .bar: 0.1
    case .json: 10
    default: 30
    }
  }

  /// Nobody listens.
  private var isSilent: Bool {
    if case .quiet = style { return observers.isEmpty }
    return false
  }

  private func say(_ text: String, _ kind: LogEvent.Kind, _ snapshot: ProgressSnapshot) {
    switch style {
    case .quiet: return
    case .json: log(kind, snapshot)
    case .bar: write("\r" + text + "\u{1B}[K")
    default: write(text + "\n")
    }
  }

  private func log(_ kind: LogEvent.Kind, _ snapshot: ProgressSnapshot) {
    let message = kind == .finished ? snapshot.summary : snapshot.plainLine
    write(LogEvent(kind, message, snapshot.members).line())
  }
}
