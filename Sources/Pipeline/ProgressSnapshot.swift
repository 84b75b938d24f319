import StructuredText

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
  /// Where the time went; known at the end, and not of all kinds of work.
  public internal(set) var times: WorkTimes?
  /// What of it is under way; empty where it has no parts.
  var part = ""

  /// `tokenize [#####...............] 25 % of 3.9 GB, 61.2 MB/s, 48 s left`
  var line: String {
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
    return "\(label) [\(bar)] \(state)"
  }

  /// The same without the bar.
  var plainLine: String { "\(label): \(state)" }

  private var share: Double { total > 0 ? min(1, max(0, Double(done) / Double(total))) : 1 }

  private var state: String {
    let left = secondsLeft.map { ", \(duration($0)) left" } ?? ""
    return "\(Int(share * 100)) % of \(amount(total))\(rate)\(left)\(part.isEmpty ? "" : ": " + part)"
  }

  /// `tokenize: 3.9 GB in 64 s, 61.2 MB/s; bottleneck: encoding (97 % of the workers' time)`
  var summary: String {
    "\(label): \(amount(done)) in \(duration(seconds))\(rate)" + (times?.text.map { "; " + $0 } ?? "")
  }

  /// For ``LogEvent``.
  var members: [JSONMember] {
    var members = [
      JSONMember("stage", .string(label)), JSONMember("done", .integer(Int64(done))),
      JSONMember("total", .integer(Int64(total))), JSONMember("unit", .string(unit.name)),
      JSONMember("resumed_at", .integer(Int64(resumedAt))), JSONMember("seconds", .double(thousandths(seconds))),
    ]
    if seconds > 0 { members.append(JSONMember("rate", .double(thousandths(Double(done - resumedAt) / seconds)))) }
    if bytes > 0 { members.append(JSONMember("bytes", .integer(Int64(bytes)))) }
    if !isFinished, let secondsLeft { members.append(JSONMember("seconds_left", .double(thousandths(secondsLeft)))) }
    if !part.isEmpty { members.append(JSONMember("part", .string(part))) }
    return members + (times?.members ?? [])
  }

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
