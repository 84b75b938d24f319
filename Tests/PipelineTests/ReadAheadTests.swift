import Testing

@testable import Pipeline

@Suite struct ReadAheadTests {
  @Test func isNeededUntilNothingIsReadForAWhileAndAgainOnceSomethingIs() {
    var ahead = ReadAhead()
    #expect(ahead.isNeeded, "nobody knows yet")
    for _ in 0..<15 { ahead.note(reads: 0) }
    #expect(ahead.isNeeded)
    ahead.note(reads: 0)
    #expect(!ahead.isNeeded)
    for _ in 0..<1000 { ahead.note(reads: 0) }
    #expect(!ahead.isNeeded)
    ahead.note(reads: 3)
    #expect(ahead.isNeeded)
    for _ in 0..<10 { ahead.note(reads: 0) }
    ahead.note(reads: 1)
    for _ in 0..<15 { ahead.note(reads: 0) }
    #expect(ahead.isNeeded)
  }
}
