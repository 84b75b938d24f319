import Intervention
import StructuredText
import Testing

@testable import Pipeline

struct PipelineFileTests {
  private static let demo = """
    pipeline: 1
    name: demo
    stages:
      - read: {idxmap: [a, b]}
      - order: {train_iters: 400, batch_size: 16, sequence_length: 512, weights: [0.3, 0.7]}
      - window: {last: 21%}
      - select: {fraction: 0.25, by: occurrence, seed: 7}
      - swap: {rules: rules/one.yaml}
      - swap: {rules: rules/two.yaml}
      - select: {fraction: 0.5}
      - swap: {rules: rules/three.yaml}
      - retokenize: {tokenizer: 20B, length: slide}
      - emit: {to: "out/{name}", control: false, log: counts}
    """

  private func load(_ text: String, _ settings: [String] = []) throws -> PipelineFile {
    try PipelineFile.load("p.yaml", bytes: Array(text.utf8), settings: settings)
  }

  private func refusal(_ text: String, _ settings: [String] = []) -> String {
    do {
      _ = try load(text, settings)
      return "not refused"
    } catch {
      return "\(error)"
    }
  }

  @Test func `a select holds for every swap until the next`() throws {
    let file = try load(Self.demo)
    #expect(file.swaps.map { $0.select?.selection.fraction.description } == ["0.25", "0.25", "0.5"])
    #expect(file.swaps.map { $0.select?.selection.unit } == [.occurrence, .occurrence, .sequence])
    #expect(file.retokenize?.length == .slide)
    #expect(file.emit.log == .counts)
    #expect(file.emit.control == .none)
  }

  @Test func `a setting changes one stage, by number where there are several`() throws {
    let file = try load(Self.demo, ["window.last=7%", "swap[3].rules=other.yaml", "name=else"])
    #expect(file.window.extent == .last("7%"))
    #expect(file.swaps.map(\.stage.rules) == ["rules/one.yaml", "rules/two.yaml", "other.yaml"])
    #expect(file.name == "else")
  }

  @Test func `settings that name no stage, or one of several, are refused`() {
    #expect(refusal(Self.demo, ["swop.rules=x"]).contains("no such stage"))
    #expect(refusal(Self.demo, ["swap.rules=x"]).contains("3 such stages"))
    #expect(refusal(Self.demo, ["swap"]).contains("STAGE.KEY=VALUE"))
    #expect(refusal(Self.demo, ["window.last=30"]).hasPrefix("--set window.last=30:1:1: '30' is no share"))
  }

  @Test(arguments: ["select.fraction=", "select[1].fraction= ", "name=# none"])
  func `a setting without a value is told so`(setting: String) {
    #expect(refusal(Self.demo, [setting]).contains("expected a value behind '='"))
  }

  @Test func `a byte order mark and CRLF are passed over`() throws {
    let file = try load("\u{FEFF}" + Self.demo.replacing("\n", with: "\r\n"))
    #expect(file.name == "demo" && file.window.extent == .last("21%"))
  }

  @Test func `a tokenizer that is not there is told with its place`() throws {
    let file = try load(Self.demo.replacing("20B", with: "21B"))
    #expect { try TokenizerSource(file).path() } throws: {
      "\($0)" == "p.yaml:12:29: there is no tokenizer at '21B'; expected 20B, or the path of a tokenizer.json"
    }
  }

  @Test(arguments: [
    ("by: occurrence", "bye: occurrence", "p.yaml:7:30: unknown key 'bye'"),
    ("by: occurrence", "by: word", "p.yaml:7:34: unknown unit of selection"),
    ("fraction: 0.25", "fraction: 1.5", "fraction from 0 to 1"),
    ("- window: {last: 21%}", "- windows: {last: 21%}", "did you mean 'window'"),
    ("  - window: {last: 21%}\n", "", "'select' takes the samples of a window"),
    ("  - retokenize: {tokenizer: 20B, length: slide}\n", "", "'emit' takes the samples of a window or tokens"),
    ("name: demo", "name: ../demo", "expected a name of letters"),
    ("last: 21%", "steps: 9..<3", "expected steps such as"),
    ("pipeline: 1", "pipeline: 2", "p.yaml:1:11: found '2', expected 1, the pipeline format"),
    ("last: 21%", "last: 30", "p.yaml:6:20: '30' is no share"),
    ("last: 21%", "last: 130%", "p.yaml:6:20: '130%' is no share"),
    ("last: 21%", "last: -3%", "p.yaml:6:20: '-3%' is no share"),
    ("last: 21%", "steps: 70..<1000", "p.yaml:6:21: steps 70..<1000 are no window of a run of 400 steps"),
  ])
  func `a file that does not fit together is refused with its place`(_ old: String, _ new: String, _ message: String) {
    let refused = refusal(Self.demo.replacing(old, with: new))
    #expect(refused.contains(message), "\(refused)")
  }

  private static let literal = """
    pipeline: 1
    name: literal
    stages:
      - read: {idxmap: a}
      - order: {run: pythia}
      - window: {last: 7%}
      - retokenize: {scope: sample, special: drop, containing: [" he ", " him "], length: pad}
      - emit: {to: out}
    """

  @Test func `samples can be encoded anew as a whole`() throws {
    let file = try load(Self.literal)
    #expect(file.retokenize?.scope == .sample && file.retokenize?.special == .drop)
    #expect(file.retokenize?.containing == [" he ", " him "] && file.retokenize?.length == .pad)
    #expect(file.emit.control == .unedited)
    let text = try PipelineText(file, rules: []).text
    #expect(try load(text).retokenize?.containing == [" he ", " him "])
    #expect(try load(Self.demo).retokenize?.scope == .edit)
  }

  @Test(arguments: [
    ("length: pad", "length: aligned", "p.yaml:7:87: 'scope: sample' needs 'length: pad'"),
    (", length: pad", "", "p.yaml:7:17: 'scope: sample' needs 'length: pad'"),
    ("scope: sample, ", "", "p.yaml:7:27: 'special: drop' needs 'scope: sample'"),
    ("scope: sample, special: drop, ", "", "'containing' needs 'scope: sample'"),
    ("scope: sample", "scope: samples", "unknown scope 'samples'; did you mean 'sample'"),
    ("\" he \"", "\"\"", "an empty text"),
    ("  - retok", "  - swap: {rules: r.yaml}\n  - retok", "p.yaml:7:11: 'scope: sample' encodes samples as they are"),
    ("to: out", "to: out, control: random-edits", "p.yaml:8:11: 'control: random-edits' makes an edit for each edit"),
    ("to: out", "to: out, control: random", "found 'random', expected true, false or random-edits"),
    ("to: out", "to: out, pairs: p.tsv", "'pairs' is for 'control: random-edits'"),
  ])
  func `settings that do not fit together are refused`(_ old: String, _ new: String, _ message: String) {
    let refused = refusal(Self.literal.replacing(old, with: new))
    #expect(refused.contains(message), "\(refused)")
  }

  @Test func `the control can have random edits, with the shipped table or another`() throws {
    let file = try load(Self.demo, ["emit.control=random-edits"])
    #expect(file.emit.control == .randomEdits && file.emit.pairs == "rules/tables/neutral-pairs.tsv")
    #expect(try load(Self.demo, ["emit.control=random-edits", "emit.pairs=my.tsv"]).emit.pairs == "my.tsv")
    let rules = ["a.yaml", "b.yaml", "c.yaml"]
    let text = try PipelineText(file, rules: rules, pairs: "rules/neutral-pairs-1.0.0/neutral-pairs.tsv").text
    #expect(try load(text).emit.pairs == "rules/neutral-pairs-1.0.0/neutral-pairs.tsv")
  }

  @Test func `the manifest's text of a pipeline has no folders of the machine and reads as the same pipeline`() throws {
    let file = try load(Self.demo, ["read.idxmap=/somewhere/on/this/machine/pile", "emit.to=/elsewhere/out"])
    let text = try PipelineText(file, rules: ["rules/a.yaml", "rules/b.yaml", "rules/c.yaml"]).text
    #expect(!text.contains("/somewhere") && !text.contains("/elsewhere"))
    let again = try load(text)
    #expect(again.swaps.map(\.stage.rules) == ["rules/a.yaml", "rules/b.yaml", "rules/c.yaml"])
    #expect(again.swaps.map { $0.select?.selection } == file.swaps.map { $0.select?.selection })
    #expect(try PipelineText(again, rules: again.swaps.map(\.stage.rules)).text == text)
  }
}
