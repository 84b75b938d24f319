import Dispatch
import Synchronization

/// Independent pieces of work on several threads.
enum Workers {
  /// The results in the order of the range. Pieces are taken in order; the error thrown is the first piece's that failed.
  static func map<Result: Sendable>(
    _ range: Range<Int>, threads: Int, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    try map(range, threads: threads, makeState: {}, { _, index in try body(index) })
  }

  /// The same, with a state of its own for every thread.
  static func map<State, Result: Sendable>(
    _ range: Range<Int>, threads: Int, makeState: @Sendable () throws -> State,
    _ body: @Sendable (inout State, Int) throws -> Result
  ) throws -> [Result] {
    let desk = Mutex(Desk<Result>(next: range.lowerBound))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, range.count))) { _ in
      do {
        var state = try makeState()
        while let index = desk.withLock({ $0.take(range.upperBound) }) {
          let result = Swift.Result { try body(&state, index) }
          desk.withLock { $0.put(index, result) }
        }
      } catch {
        desk.withLock { $0.put(range.lowerBound, .failure(error)) }
      }
    }
    return try desk.withLock { desk in
      if let failure = desk.failure { throw failure.error }
      return range.compactMap { desk.results[$0] }
    }
  }

  private struct Desk<Result: Sendable>: Sendable {
    var next: Int
    var results: [Int: Result] = [:]
    var failure: (index: Int, error: any Error)?

    mutating func take(_ end: Int) -> Int? {
      guard failure == nil, next < end else { return nil }
      defer { next += 1 }
      return next
    }

    mutating func put(_ index: Int, _ result: Swift.Result<Result, any Error>) {
      switch result {
      case .success(let value): results[index] = value
      case .failure(let error): if index <= failure?.index ?? .max { failure = (index, error) }
      }
    }
  }
}
