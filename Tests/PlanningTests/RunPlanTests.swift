import ByteIO
import Pipeline
import StructuredText
import TestSupport
import Testing

@testable import Planning

@Suite struct RunPlanTests {
  @Test func aPlanReadAndWrittenAgainHasTheSameBytes() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    for run in [try fixture.planWindow(tasks: 3, "window"), try fixture.planTokens(tasks: 2, "tokens")] {
      let bytes = try FileSystem.contents(of: run.folder.plan)
      #expect(try RunPlan.parse(bytes, name: "plan.json").serialized() == bytes)
    }
  }

  /// Each of these is one change to a sound plan.
  @Test(arguments: [
    (#""output": "tokens_text_document""#, #""output": "../elsewhere""#),
    (#""output": "tokens_text_document""#, #""output": "/etc""#),
    (#""output": "tokens_text_document""#, #""output": ".hidden""#),
    (#""name": "cats""#, #""name": "cats; rm -r""#),
    (#""plan": 1"#, #""plan": 2"#),
    (#""kind": "tokenize""#, #""kind": "pickle""#),
    (#""first": 0"#, #""first": 1"#),
    (#""end": 5"#, #""end": 4"#),
    (#""end": 5"#, #""end": 9223372036854775807"#),
    (#""on_error": "stop""#, #""on_error": "ignore""#),
    (#""unit""#, #""unknown""#),
    (#""size": "#, #""size": 922337203685477"#),
  ])
  func aPlanThatDoesNotFitTogetherOrLeadsElsewhereIsRefused(old: String, new: String) throws {
    let fixture = try PlanFixture()
    let run = try fixture.planTokens(tasks: 2, "tokens")
    let text = String(decoding: try FileSystem.contents(of: run.folder.plan), as: UTF8.self)
    #expect(text.contains(old))
    #expect(throws: JSONFailure.self) {
      _ = try RunPlan.parse(Array(text.replacing(old, with: new).utf8), name: "plan.json")
    }
  }

  @Test func thePlanOfAnotherProgramIsRefused() throws {
    let fixture = try PlanFixture()
    let run = try fixture.planTokens(tasks: 2, "tokens")
    let text = String(decoding: try FileSystem.contents(of: run.folder.plan), as: UTF8.self)
    let other = text.replacing(#""version": "\#(RunPlan.Maker.this.tool)""#, with: #""version": "0.0.1""#)
    try AtomicFile.replace(run.folder.plan, with: Array(other.utf8))
    #expect(throws: PlanFailure.self) { try PlanRun(run.folder.plan).perform(0, fixture.options) }
  }
}
