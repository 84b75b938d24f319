import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite struct WorkersTests {
  struct Failure: Error, Equatable { let part: Int }

  @Test(arguments: [1, 2, 7, 100])
  func everyPartIsDoneOnce(workers: Int) throws {
    for parts in [0, 1, 3, 50] {
      let done = Mutex([Int](repeating: 0, count: parts))
      try Workers.run(workers, parts: parts) { { part in done.withLock { $0[part] += 1 } } }
      #expect(done.withLock { $0 } == [Int](repeating: 1, count: parts))
    }
  }

  @Test func eachWorkerIsMadeOnceAndHasItsOwnState() throws {
    let made = Mutex(0)
    let counted = Mutex(0)
    try Workers.run(3, parts: 100) {
      made.withLock { $0 += 1 }
      var own = 0
      return { _ in
        own += 1
        counted.withLock { $0 += 1 }
      }
    }
    #expect(made.withLock { $0 } == 3)
    #expect(counted.withLock { $0 } == 100)
  }

  @Test func anErrorStopsTheOthersAndIsThrown() {
    let done = Mutex(0)
    let failure = #expect(throws: Failure.self) {
      try Workers.run(2, parts: 100_000) {
        { part in
          if part == 5 { throw Failure(part: part) }
          done.withLock { $0 += 1 }
        }
      }
    }
    #expect(failure == Failure(part: 5))
    #expect(done.withLock { $0 } < 100_000)
  }

  @Test func aWorkerThatCannotBeMadeIsAnError() {
    #expect(throws: Failure.self) {
      try Workers.run(2, parts: 3) { throw Failure(part: -1) }
    }
  }
}
