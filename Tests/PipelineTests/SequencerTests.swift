import Testing

@testable import Pipeline

struct SequencerTests {
  @Test(arguments: [1, 2, 7])
  func `results are consumed in order, whoever makes them`(_ workers: Int) throws {
    let seen = Monitor([Int]())
    let sequencer = Sequencer<Int>(ahead: 3) { index, result in
      #expect(result == index * index)
      seen.change { $0.append(index) }
    }
    try Workers.run(workers, parts: 200) {
      { index in try sequencer.process(index) { index * index } }
    }
    #expect(seen.change { $0 } == Array(0..<200))
  }

  @Test(arguments: [1, 4])
  func `a piece that cannot be made stops all, and nothing behind it is consumed`(_ workers: Int) {
    struct Broken: Error {}
    let seen = Monitor([Int]())
    let sequencer = Sequencer<Int>(ahead: 3) { index, _ in seen.change { $0.append(index) } }
    #expect(throws: Broken.self) {
      try Workers.run(workers, parts: 100) {
        { index in
          try sequencer.process(index) {
            if index == 20 { throw Broken() }
            return index
          }
        }
      }
    }
    #expect(seen.change { $0 } == Array(0..<seen.change { $0.count }))
    #expect(seen.change { $0.count } <= 20)
  }
}
