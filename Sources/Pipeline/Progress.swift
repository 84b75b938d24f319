import Glibc

/// Says on standard error how far a long piece of work is: a bar on a terminal, a line every 30 s elsewhere.
///
/// Any thread may report. Reporting costs a lock and, ten times a second at most, one line on a terminal.
public final class Progress: Sendable {
  public enum Unit: Sendable {
    case bytes
    /// Things that are counted, by their name in the plural.
    case items(String)
  }

  public enum Style: Sendable {
    /// A bar if standard error is a terminal, else lines.
    case automatic
    case bar
    case lines
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
    if isDue { say(snapshot.line) }
  }

  /// Says how much was done and how long it took.
  public func finish() {
    if isSilent { return }
    let now = clock()
    let snapshot = state.change { state in
      state.snapshot.seconds = now - state.started
      state.snapshot.isFinished = true
      return state.snapshot
    }
    for observer in observers { observer(snapshot) }
    say(snapshot.summary)
    if case .bar = style { write("\n") }
  }

  /// Says something outside any piece of work.
  public static func note(_ text: String, style: Style = .automatic) {
    if case .quiet = style.spoken { return }
    standardError(text + "\n")
  }

  /// Says something besides, on a line of its own.
  public func note(_ text: String) {
    if case .quiet = style { return }
    if case .bar = style { write("\r\u{1B}[K") }
    write(text + "\n")
  }

  private var interval: Double {
    if case .bar = style { return 0.1 }
    return 30
  }

  /// Nobody listens.
  private var isSilent: Bool {
    if case .quiet = style { return observers.isEmpty }
    return false
  }

  private func say(_ text: String) {
    if case .quiet = style { return }
    if case .bar = style { write("\r" + text + "\u{1B}[K") } else { write(text + "\n") }
  }
}

/// How far a piece of work is at one moment.
public struct ProgressSnapshot: Sendable {
  /// What is done, such as `tokenize`.
  public let label: String
  public let total: Int
  public let unit: Progress.Unit
  /// What an earlier run had done.
  public internal(set) var resumedAt: Int
  public internal(set) var done: Int
  /// Of data, where they are counted.
  public internal(set) var bytes = 0
  public internal(set) var seconds = 0.0
  public internal(set) var isFinished = false
  /// What of it is under way; empty where it has no parts.
  var part = ""

  /// `tokenize [#####...............] 25 % of 3.9 GB, 61.2 MB/s, 48 s left`
  var line: String {
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 1
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
    let left = secondsLeft.map { ", \(duration($0)) left" } ?? ""
    return "\(label) [\(bar)] \(Int(share * 100)) % of \(amount(total))\(rate)\(left)\(part.isEmpty ? "" : ": " + part)"
  }

  /// `tokenize: 3.9 GB in 64 s, 61.2 MB/s`
  var summary: String { "\(label): \(amount(done)) in \(duration(seconds))\(rate)" }

  private var secondsLeft: Double? {
    guard done > resumedAt, seconds > 0, total >= done else { return nil }
    return Double(total - done) * seconds / Double(done - resumedAt)
  }

  private var rate: String {
    guard seconds > 0 else { return "" }
    if bytes > 0 { return ", \(byteAmount(Double(bytes) / seconds))/s" }
    return ", \(amount(Int(Double(done - resumedAt) / seconds)))/s"
  }

  private func amount(_ count: Int) -> String {
    switch unit {
    case .bytes: byteAmount(Double(count))
    case .items(let name): "\(count) \(name)"
    }
  }
}

/// `61.2 MB`, in powers of 1000.
public func byteAmount(_ bytes: Double) -> String {
  var value = min(bytes, 1e18)
  var names = ["B", "kB", "MB", "GB", "TB"][...]
  while value >= 999.95 && names.count > 1 {
    value /= 1000
    names.removeFirst()
  }
  let tenths = Int((value * 10).rounded())
  return names.first == "B" ? "\(Int(bytes)) B" : "\(tenths / 10).\(tenths % 10) \(names.first ?? "")"
}

/// `48 s`, `12 min`, `3 h 05 min`.
public func duration(_ seconds: Double) -> String {
  // A file may say anything of a time, and NaN is in no range.
  let whole = seconds > 0 ? Int(min(seconds, 1e9).rounded(.up)) : 0
  if whole < 120 { return "\(whole) s" }
  if whole < 7200 { return "\(whole / 60) min" }
  let minutes = whole / 60 % 60
  return "\(whole / 3600) h \(minutes < 10 ? "0" : "")\(minutes) min"
}

/// Seconds on a clock that nobody sets.
public func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

private func standardError(_ text: String) {
  Array(text.utf8).withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
