/// What a run made, from what, and how to use it: `manifest.json`, which trainer, evaluator and `verify` read.
///
/// `docs/manifest.schema.json` describes the file, `docs/formats.md` explains it. Members are named and ordered as
/// the file's keys.
public struct Manifest: Sendable, Equatable {
  /// The version of the format that this code reads and writes.
  public static let version = 1

  public var tool: Tool
  public var name: String
  public var description: String
  public var pipeline: PipelineText
  public var rules: [RulePackRecord]
  public var tokenizer: TokenizerRecord
  public var unicode: UnicodeRecord
  public var libraries: Libraries
  public var base: Base
  public var run: Run
  public var window: WindowRecord
  public var selection: [Selection]
  public var length: Length
  public var counts: Counts
  /// What the control was edited with; nil where it is unedited or left out.
  public var randomEdits: RandomEdits?
  /// What encoding whole samples anew did; nil where only edits are encoded.
  public var retokenized: Retokenized?
  /// The manipulation check; nil where no pronouns were counted.
  public var pronouns: Pronouns?
  public var warnings: [String]
  public var outputs: [Output]
  public var trainer: Trainer
  public var evaluator: Evaluator

  public init(
    tool: Tool, name: String, description: String, pipeline: PipelineText, rules: [RulePackRecord],
    tokenizer: TokenizerRecord, unicode: UnicodeRecord, libraries: Libraries, base: Base, run: Run,
    window: WindowRecord, selection: [Selection], length: Length, counts: Counts, randomEdits: RandomEdits? = nil,
    retokenized: Retokenized? = nil, pronouns: Pronouns?, warnings: [String], outputs: [Output], trainer: Trainer,
    evaluator: Evaluator
  ) {
    self.tool = tool
    self.name = name
    self.description = description
    self.pipeline = pipeline
    self.rules = rules
    self.tokenizer = tokenizer
    self.unicode = unicode
    self.libraries = libraries
    self.base = base
    self.run = run
    self.window = window
    self.selection = selection
    self.length = length
    self.counts = counts
    self.randomEdits = randomEdits
    self.retokenized = retokenized
    self.pronouns = pronouns
    self.warnings = warnings
    self.outputs = outputs
    self.trainer = trainer
    self.evaluator = evaluator
  }
}
