import StructuredText

/// What a piece of work does with its threads' time.
public enum Stage: String, Sendable {
  /// Getting the stored bytes of a raw Pile.
  case reading
  case decompression
  /// Computing SHA-256: of what is read, or of what is written.
  case hashing
  /// JSON to text to tokens.
  case encoding
  /// Finding, deciding and making edits.
  case matching
  /// Compressing the edit log.
  case compression
  /// Handing bytes to the file system.
  case writing
  /// Waiting until what was written is on the disk.
  case synchronizing
  /// A worker has work, but no processor: others have it, or pages of a mapped file, as the base is, are being read.
  case stalled

  var text: String { self == .stalled ? "waiting for a processor or for pages of a file" : rawValue }
}

/// Who does a stage.
public enum StageThreads: String, Sendable {
  case reader
  case workers
  case writer

  fileprivate var text: String {
    switch self {
    case .reader: "the reading thread's time"
    case .workers: "the workers' time"
    case .writer: "the writing thread's time"
    }
  }
}

/// Where the time of a piece of work went, and which stage all the others waited for.
public struct WorkTimes: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    public let stage: Stage
    public let threads: StageThreads
    /// Of all these threads together.
    public let seconds: Double
    /// Of the time that these threads had; what is missing to 1 they waited for each other.
    public let share: Double
  }

  public let entries: [Entry]

  /// - Parameters:
  ///   - reading: seconds of the reading thread by stage; nil where all it does is count.
  ///   - working: what the workers do.
  ///   - writing: seconds of the writing thread by stage; the rest of its time is put down to writing.
  init(
    _ times: ConveyorTimes, reading: [(Stage, Double)] = [], working: Stage, writing: [(Stage, Double)]
  ) {
    let whole = max(times.seconds, 1e-9)
    let ofWorkers = whole * Double(times.workers)
    let rest = max(0, times.consuming - writing.reduce(0) { $0 + $1.1 })
    let processor = min(times.processor, times.working)
    entries =
      reading.map { Entry(stage: $0, threads: .reader, seconds: $1, share: $1 / whole) }
      + [(working, processor), (.stalled, times.working - processor)].map {
        Entry(stage: $0.0, threads: .workers, seconds: $0.1, share: $0.1 / ofWorkers)
      }
      + (writing + [(.writing, rest)]).map { Entry(stage: $0, threads: .writer, seconds: $1, share: $1 / whole) }
  }

  /// The stage that takes most of the busiest threads' time.
  public var bottleneck: Entry? {
    let busy = Dictionary(grouping: entries, by: \.threads).mapValues { $0.reduce(0) { $0 + $1.share } }
    let order: [StageThreads] = [.workers, .writer, .reader]
    guard let busiest = order.max(by: { busy[$0, default: 0] < busy[$1, default: 0] }) else { return nil }
    return entries.filter { $0.threads == busiest }.max { $0.share < $1.share }
  }

  /// `bottleneck: matching (97 % of the workers' time)`
  var text: String? {
    bottleneck.map { "bottleneck: \($0.stage.text) (\(Int(($0.share * 100).rounded())) % of \($0.threads.text))" }
  }

  var members: [JSONMember] {
    var members = [JSONMember("stages", .array(entries.map(\.json)))]
    if let bottleneck { members.insert(JSONMember("bottleneck", .string(bottleneck.stage.rawValue)), at: 0) }
    return members
  }
}

extension WorkTimes.Entry {
  fileprivate var json: JSONValue {
    [
      "stage": .string(stage.rawValue), "threads": .string(threads.rawValue), "seconds": .double(thousandths(seconds)),
      "share": .double(thousandths(share)),
    ]
  }
}

/// For people and programs, who need no more digits.
func thousandths(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
