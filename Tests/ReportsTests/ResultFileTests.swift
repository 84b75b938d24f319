import StructuredText
import TestSupport
import Testing

@testable import Reports

@Suite struct ResultFileTests {
  @Test func `files of every form are read with model, arm and step`() throws {
    let files = try SmallResults.read()
    #expect(
      files.evaluations.map { "\($0.subject.model.name) \($0.subject.arm.name) \($0.subject.checkpoint.step ?? -1)" }
        == [
          "Pythia v1 160M deduped control 143000", "Pythia v1 160M deduped swapped 143000",
          "Pythia v1 70M deduped control 143000", "Pythia v1 70M deduped control 142000",
          "Pythia v1 70M deduped control 143000", "Pythia v1 70M deduped 7 % 143000",
          "Pythia v1 70M deduped 7 % 142000",
          "Pythia v1 70M deduped 7 % 143000", "Pythia v0 410M deduped 7 % 69000", "Pythia v0 410M deduped 7 % 71500",
          "Pythia v0 410M deduped control 66500", "Pythia v0 410M deduped control 69000",
          "Pythia v0 410M deduped control 71500", "Pythia v1 410M deduped control 143000",
          "Pythia v1 410M deduped 7 % 143000",
        ])
    #expect(
      Set(files.evaluations.map(\.dialect)) == [.harness, .promptsource, .tableResults, .currentHarness])
  }

  @Test func `metrics have their current names, errors and numbers of items`() throws {
    let files = try SmallResults.read()
    let scores = files.evaluations.flatMap(\.scores)
    #expect(
      Set(scores.map(\.metric)).isSubset(of: [
        "pct_stereotype", "likelihood_diff", "perplexity", "acc", "em", "word_perplexity",
      ]))
    let gender = files.evaluations[0].scores[1]
    #expect(gender.hits == 50 && gender.count == 80 && gender.taskVersion == "1")
    #expect(files.evaluations[0].scores[2].standardError == nil)
    let old = files.evaluations[3].scores.first {
      $0.task == "crows_pairs_english_gender" && $0.metric == "pct_stereotype"
    }
    #expect(old?.hits == 45 && old?.count == 80)
    #expect(scores.contains { $0.task == "piqa" && $0.fewShot == 5 })
  }

  @Test func `without a folder that says it, the arm of table_results is not known`() throws {
    let text = """
      {"table_results": {}, "model_args": {"iteration": 5, "config_files": {"410m-deduped": null}}}
      """
    func arm(_ path: String) throws -> Arm { try ResultFile.parse(Array(text.utf8), name: path).subject.arm }
    #expect(try arm("/a/b/c/result.json") == .unknown)
    #expect(try arm("intervene_21/410M/result.json") == .intervention("21 %"))
    #expect(try arm("x/intervention/baseline/result.json") == .control)
  }

  @Test func `the number of items comes from the standard error, where it is a whole one`() {
    var score = Score(task: "t", metric: "acc", value: 0.55, standardError: (0.55 * 0.45 / 319).squareRoot())
    #expect(score.countFromError == 320)
    score.standardError = 0.0123
    #expect(score.countFromError == nil)
    score.value = 1
    #expect(score.countFromError == nil)
  }

  // MARK: Files of strangers

  @Test func `what is wrong is named with file and place`() {
    let cases = [
      ("{", "r.json"), ("[]", "r.json"), ("{}", "neither 'results' nor 'table_results'"),
      ("{\"results\": {}}", "key 'config' is missing"),
      (
        "{\"results\": {}, \"config\": {\"model\": 1, \"model_args\": \"pretrained=x\"}}",
        "config.model: expected a string"
      ),
      (
        "{\"results\": {}, \"config\": {\"model\": \"m\", \"model_args\": \"revision=x\"}}",
        "config.model_args: it does not name"
      ),
      (
        "{\"results\": {\"t\": {\"acc\": \"high\"}}, \"config\": {\"model\": \"m\", \"model_args\": \"pretrained=x\"}}",
        "results.t.acc: expected a number, found a string"
      ),
      (
        "{\"results\": {\"t\": {\"acc\": 1, \"acc_stderr\": -1}}, \"config\": {\"model\": \"m\", \"model_args\": \"pretrained=x\"}}",
        "results.t.acc_stderr: -1.0 is below 0"
      ),
      (
        "{\"results\": [{\"prompt_name\": \"p\"}], \"config\": {\"model\": \"m\", \"model_args\": {\"iteration\": 1}}}",
        "results[0]: key 'task_name'"
      ),
      (
        "{\"results\": [], \"config\": {\"model\": \"m\", \"model_args\": {}}}",
        "config.model_args: key 'iteration' is missing"
      ),
      (
        "{\"results\": {}, \"config\": {\"model\": \"m\", \"model_args\": {\"iteration\": -1}}}",
        "config.model_args.iteration"
      ),
    ]
    for (text, words) in cases {
      let error = #expect(throws: JSONFailure.self) { try ResultFile.parse(Array(text.utf8), name: "d/r.json") }
      #expect(error?.description.contains(words) == true && error?.description.contains("r.json") == true, "\(text)")
    }
  }

  @Test func `a file cut anywhere, or with another kind of value anywhere, is an error or another result, and no trap`()
    throws
  {
    var random = SeededGenerator(seed: 5)
    for path in SmallResults.paths {
      let bytes = try FileBytes.of(path)
      for _ in 0..<20 {
        let cut = Int.random(in: 0..<bytes.count - 2, using: &random)
        #expect(throws: JSONFailure.self) { try ResultFile.parse(Array(bytes[..<cut]), name: path) }
      }
      let value = try JSONValue.parse(bytes, name: path)
      for _ in 0..<100 {
        let changed = Mutation.of(value, &random)
        do { _ = try ResultFile.parse(changed.serialized(), name: path) } catch is JSONFailure {}
      }
    }
  }
}
