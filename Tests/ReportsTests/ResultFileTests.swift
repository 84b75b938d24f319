import ByteIO
import Foundation
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

  @Test func `numbers that Python writes and JSON has not are missing, and named`() throws {
    let text = """
      {"results": {"lambada_openai": {"alias": "NaN \\"NaN", "perplexity,none": NaN, "perplexity_stderr,none": NaN,
        "acc,none": 0.25, "acc_stderr,none": Infinity}, "piqa": {"acc,none": -Infinity, "acc_stderr,none": "N/A"}},
       "lm_eval_version": "0.4.9", "config": {"model": "hf", "model_args": "pretrained=pythia-70m", "x": [NaN,Infinity]}}
      """
    let file = try ResultFile.parse(Array(text.utf8), name: "r.json")
    #expect(file.scores.map(\.measure.name) == ["lambada_openai acc"] && file.scores[0].standardError == nil)
    #expect(
      file.missing == [
        "lambada_openai perplexity", "piqa acc", "standard error of lambada_openai acc",
      ])
    let folder = TemporaryFolder()
    try FileBytesWriter.write(text, to: folder.file("r.json"))
    let document = DocumentBuilder(analysis: try Analysis(ResultFiles([folder.path]))).document
    #expect(document.warnings.contains { $0.hasPrefix("3 values are no number") && $0.contains("piqa acc in") })
    #expect(
      document.tables.first { $0.name == "files" }?.tsv.contains("no number for lambada_openai perplexity") == true)
  }

  @Test func `a fault behind such a word is placed where it is`() {
    let failure = #expect(throws: JSONFailure.self) { try PythonJSON.parse(Array("[NaN, NaN, x]".utf8), name: "f") }
    #expect(failure?.offset == 11)
    #expect(throws: JSONFailure.self) { try PythonJSON.parse(Array("[nan]".utf8), name: "f") }
    #expect(throws: JSONFailure.self) { try PythonJSON.parse(Array("[NaNs]".utf8), name: "f") }
  }

  @Test func `how far a precision is from fp32 is shown`() throws {
    let arms = try ScoredArms([])
    for arm in ["control", "intervention"] {
      try arms.write(
        "demo", arm, arm, [1, -1, 1], precision: #"{"questions": 64, "mean_abs": 0.004, "max_abs": 0.0317}"#)
    }
    let document = DocumentBuilder(analysis: try Analysis(ResultFiles([arms.folder.path]))).document
    #expect(document.claims[0].details.contains { $0.contains("0.0040 nats in the mean and 0.0317 at most") })
    #expect(document.tables.first { $0.name == "evaluators" }?.tsv.contains("\t0.0317\n") == true)
  }

  @Test(.timeLimit(.minutes(1)))
  func `folders that links lead to again are read once`() throws {
    let folder = TemporaryFolder()
    let results = try FileSystem.contents(of: SmallResults.paths[0])
    try FileSystem.makeDirectory(folder.file("a/b"))
    try AtomicFile.replace(folder.file("a/b/" + FileSystem.name(of: SmallResults.paths[0])), with: results)
    // Two links a level: without memory, 2^32 ways.
    for link in ["a/x", "a/y", "a/b/x", "a/b/y"] { #expect(symlink(folder.path, folder.file(link)) == 0) }
    #expect(try ResultFiles([folder.path]).evaluations.count == 1)
  }
}
