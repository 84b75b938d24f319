import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ConveyorTests {
  struct Failure: Error, Equatable { let number: Int }

  @Test(arguments: [1, 2, 7], [0, 1, 3, 1000])
  func whatComesOutIsInOrder(workers: Int, budget: Int) throws {
    for count in [0, 1, 2, 300] {
      var out: [Int] = []
      try run(workers: workers, budget: budget, count: count) { out.append($0) }
      #expect(out == (0..<count).map { $0 * $0 })
    }
  }

  @Test func noMoreIsUnderWayThanTheBudgetAllows() throws {
    let underWay = Mutex((now: 0, most: 0))
    try Conveyor.run(
      workers: 4, budget: 3, weight: { (_: Int) in 1 },
      makeProducer: {
        var next = 0
        return {
          next += 1
          underWay.withLock { $0 = (now: $0.now + 1, most: max($0.most, $0.now + 1)) }
          return next > 200 ? nil : next
        }
      }, makeWorker: { { $0 } }, consume: { _ in underWay.withLock { $0.now -= 1 } })
    // One more is held by the producer until there is room, and one has left the belt when it is consumed.
    #expect(underWay.withLock { $0.most } <= 5)
  }

  @Test func itSaysWhoWasWaitedFor() throws {
    var next = 0
    let times = try Conveyor.run(
      workers: 2, budget: 4, weight: { (_: Int) in 1 },
      makeProducer: {
        var next = 0
        return {
          next += 1
          return next > 10 ? nil : next
        }
      }, makeWorker: { { $0 } },
      consume: {
        next = $0
        usleep(20_000)
      })
    #expect(next == 10)
    #expect(times.workers == 2)
    #expect(times.seconds >= 0.2)
    #expect((0.2...times.seconds).contains(times.consuming))
    #expect(times.working < times.consuming && times.producing < times.consuming)
  }

  @Test(arguments: [1, 2, 7])
  func theFirstErrorInOrderIsTheOneThatIsThrown(workers: Int) {
    for _ in 0..<20 {
      var out: [Int] = []
      let failure = #expect(throws: Failure.self) {
        try run(workers: workers, budget: 50, count: 100, failing: [70, 31, 90]) { out.append($0) }
      }
      #expect(failure == Failure(number: 31))
      #expect(out.count == 31)
    }
  }

  @Test func aProducersErrorComesAfterWhatItProduced() {
    var out: [Int] = []
    #expect(throws: Failure(number: 10)) {
      try run(workers: 3, budget: 5, count: 100, producerFailsAt: 10) { out.append($0) }
    }
    #expect(out.count == 10)
  }

  @Test func aConsumersErrorStopsAll() {
    #expect(throws: Failure(number: 4)) {
      try run(workers: 3, budget: 5, count: 1_000_000) { if $0 == 4 { throw Failure(number: 4) } }
    }
  }

  @Test func aWorkerOrProducerThatCannotBeMadeIsAnError() {
    #expect(throws: Failure(number: -1)) {
      try Conveyor.run(
        workers: 2, budget: 5, weight: { (_: Int) in 1 }, makeProducer: { { 1 } },
        makeWorker: { () throws -> (Int) throws -> Int in throw Failure(number: -1) }, consume: { _ in })
    }
    #expect(throws: Failure(number: -2)) {
      try Conveyor.run(
        workers: 2, budget: 5, weight: { (_: Int) in 1 }, makeProducer: { throw Failure(number: -2) },
        makeWorker: { { $0 } }, consume: { _ in })
    }
  }

  private func run(
    workers: Int, budget: Int, count: Int, failing: Set<Int> = [], producerFailsAt: Int? = nil,
    consume: (Int) throws -> Void
  ) throws {
    try Conveyor.run(
      workers: workers, budget: budget, weight: { (number: Int) in number % 4 },
      makeProducer: {
        var next = 0
        return {
          if next == producerFailsAt { throw Failure(number: next) }
          next += 1
          return next > count ? nil : next - 1
        }
      },
      makeWorker: {
        { number in
          if number % 7 == 3 { usleep(UInt32(number % 5) * 100) }
          if failing.contains(number) { throw Failure(number: number) }
          return number * number
        }
      }, consume: consume)
  }
}
