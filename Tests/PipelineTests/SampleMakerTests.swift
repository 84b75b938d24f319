import Intervention
import TestSupport
import Testing
import TokenDataset

@testable import Pipeline

struct SampleMakerTests {
  /// Of most samples no span is of the subset: those are copied.
  @Test(arguments: ["aligned", "slide"])
  func aBatchIsItsSamplesMadeOneByOne(length: String) throws {
    let fixture = try WindowFixture()
    defer { withExtendedLifetime(fixture) {} }
    let plan = try fixture.plan(length: length, subset: "Books")
    let order = try plan.order()
    let (maker, slow) = (try SampleMaker(plan, order, log: true), try SampleMaker(plan, order, log: true))
    let counter = ReportCounter(plan)
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<20 {
      let first = Int.random(in: plan.sequences, using: &generator)
      let sequences = first..<min(first + Int.random(in: 1...40, using: &generator), plan.sequences.upperBound)
      var expected = SampleMaker.Batch()
      for sequence in sequences {
        try slow.make(sequence)
        plan.tokenType.append(slow.record.window, to: &expected.window)
        plan.tokenType.append(slow.control, to: &expected.control)
        expected.counts.add(slow.record)
        var spans: [Span] = []
        try order.spans(ofSequence: sequence, into: &spans)
        counter.add(slow.record, sequence: sequence, spans: spans, to: &expected.counts.report)
      }
      let batch = try maker.batch(sequences, control: true)
      #expect(batch.window == expected.window)
      #expect(batch.control == expected.control)
      #expect(batch.counts == expected.counts)
    }
    #expect(maker.copyCount > 20)
  }
}
