import ByteIO

/// Work that comes in order, is done by many threads, and goes out in the same order.
///
/// One thread produces, `workers` threads work, the calling thread consumes. What is under way is bounded by `budget`, the
/// sum of the inputs' weights (one input is always let in, however heavy). The error thrown is the one that comes first in
/// the order of the inputs, whatever the number of workers. Producers and workers are made on their own threads.
///
/// Returns what the threads did with their time; finding out costs two looks at the clock an input and thread.
public enum Conveyor {
  @discardableResult
  public static func run<Input: Sendable, Output: Sendable>(
    workers: Int, budget: Int, weight: @escaping @Sendable (Input) -> Int,
    makeProducer: @escaping @Sendable () throws -> () throws -> Input?,
    makeWorker: @escaping @Sendable () throws -> (Input) throws -> Output,
    consume: (Output) throws -> Void
  ) throws -> ConveyorTimes {
    let started = monotonicSeconds()
    var busy = BusyTime()
    let belt = Monitor(Belt<Input, Output>())
    var threads: [WorkerThread] = []
    defer {
      belt.change { $0.isStopped = true }
      for thread in threads { thread.join() }
    }
    threads.append(try WorkerThread { produce(onto: belt, budget, weight, makeProducer) })
    for _ in 0..<max(1, workers) { threads.append(try WorkerThread { work(at: belt, makeWorker) }) }
    while let output = try busy.waiting({ try belt.wait(for: { try $0.takeOutput() }) }) { try consume(output) }
    let (consuming, seconds) = (busy.seconds, monotonicSeconds() - started)
    // What they did they say when they end.
    for thread in threads { thread.join() }
    var times = belt.change { $0.times }
    (times.seconds, times.workers, times.consuming) = (seconds, max(1, workers), consuming)
    return times
  }

  private static func produce<Input, Output>(
    onto belt: Monitor<Belt<Input, Output>>, _ budget: Int, _ weight: (Input) -> Int,
    _ makeProducer: () throws -> () throws -> Input?
  ) {
    var busy = BusyTime()
    defer { belt.change { $0.times.producing = busy.seconds } }
    do {
      let producer = try makeProducer()
      while let input = try producer() {
        if !busy.waiting({ belt.wait(for: { $0.put(input, weight(input), budget) }) }) { return }
      }
      belt.change { $0.ending = .success(()) }
    } catch {
      belt.change { $0.ending = .failure(error) }
    }
  }

  private static func work<Input, Output>(
    at belt: Monitor<Belt<Input, Output>>, _ makeWorker: () throws -> (Input) throws -> Output
  ) {
    var busy = BusyTime()
    defer {
      belt.change {
        $0.times.working += busy.seconds
        $0.times.processor += processorSeconds()
      }
    }
    do {
      let worker = try makeWorker()
      while let (number, input) = busy.waiting({ belt.wait(for: { $0.takeInput() }) }) {
        let result = Result { try worker(input) }
        belt.change { $0.outputs[number] = result }
      }
    } catch {
      belt.change { $0.workerFailure = error }
    }
  }
}

/// What the threads of a conveyor did with their time, in seconds: all but waiting for each other.
public struct ConveyorTimes: Sendable {
  /// From the first input to the last output.
  public internal(set) var seconds = 0.0
  public internal(set) var producing = 0.0
  public internal(set) var consuming = 0.0
  /// Of all workers.
  public internal(set) var working = 0.0
  /// For which the workers had a processor; without it they waited for one, or for pages of a mapped file.
  public internal(set) var processor = 0.0
  public internal(set) var workers = 1
}

/// The time of a thread, less what it waits for the others.
private struct BusyTime {
  private let started = monotonicSeconds()
  private var waited = 0.0

  mutating func waiting<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = monotonicSeconds()
    defer { waited += monotonicSeconds() - start }
    return try body()
  }

  var seconds: Double { max(0, monotonicSeconds() - started - waited) }
}

/// What is under way on a conveyor. A double optional says: nil, wait; .some(nil), there is no more.
private struct Belt<Input, Output> {
  var inputs: [(number: Int, input: Input)] = []
  var outputs: [Int: Result<Output, any Error>] = [:]
  var weights: [Int: Int] = [:]
  var weightUnderWay = 0
  var produced = 0
  var consumed = 0
  /// How producing ended.
  var ending: Result<Void, any Error>?
  /// A worker that could not start.
  var workerFailure: (any Error)?
  var isStopped = false
  var times = ConveyorTimes()

  /// False if the work is over.
  mutating func put(_ input: Input, _ weight: Int, _ budget: Int) -> Bool? {
    if isStopped { return false }
    guard weightUnderWay == 0 || weightUnderWay + weight <= budget else { return nil }
    inputs.append((produced, input))
    weights[produced] = weight
    weightUnderWay += weight
    produced += 1
    return true
  }

  mutating func takeInput() -> (Int, Input)?? {
    if isStopped { return .some(nil) }
    guard !inputs.isEmpty else { return ending == nil ? nil : .some(nil) }
    let first = inputs.removeFirst()
    return (first.number, first.input)
  }

  mutating func takeOutput() throws -> Output?? {
    if let workerFailure { throw workerFailure }
    if let result = outputs.removeValue(forKey: consumed) {
      weightUnderWay -= weights.removeValue(forKey: consumed) ?? 0
      consumed += 1
      return try result.get()
    }
    guard consumed == produced, let ending else { return nil }
    try ending.get()
    return .some(nil)
  }
}
