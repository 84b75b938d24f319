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
  /// The manipulation check; nil where no pronouns were counted.
  public var pronouns: Pronouns?
  public var warnings: [String]
  public var outputs: [Output]
  public var trainer: Trainer
  public var evaluator: Evaluator

  public init(
    tool: Tool, name: String, description: String, pipeline: PipelineText, rules: [RulePackRecord],
    tokenizer: TokenizerRecord, unicode: UnicodeRecord, libraries: Libraries, base: Base, run: Run,
    window: WindowRecord, selection: [Selection], length: Length, counts: Counts, pronouns: Pronouns?,
    warnings: [String], outputs: [Output], trainer: Trainer, evaluator: Evaluator
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
    self.pronouns = pronouns
    self.warnings = warnings
    self.outputs = outputs
    self.trainer = trainer
    self.evaluator = evaluator
  }
}

// MARK: - What it was made with

extension Manifest {
  public struct Tool: Sendable, Equatable {
    public var name: String
    public var version: String
    /// The commit it was built from, or `unknown`.
    public var build: String

    public init(name: String, version: String, build: String) {
      self.name = name
      self.version = version
      self.build = build
    }
  }

  /// The pipeline file as it was run, every `--set` applied.
  public struct PipelineText: Sendable, Equatable {
    public var text: String
    public var sha256: String

    public init(text: String, sha256: String) {
      self.text = text
      self.sha256 = sha256
    }
  }

  /// A file and its SHA-256, in 64 lower-case hexadecimal digits.
  public struct HashedFile: Sendable, Equatable {
    public var path: String
    public var sha256: String

    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The rule pack of one `swap` stage, with every file that it was read from.
  public struct RulePackRecord: Sendable, Equatable {
    /// The stage's place in the pipeline, from 0.
    public var stage: Int
    public var pack: String
    public var version: String
    public var files: [HashedFile]

    public init(stage: Int, pack: String, version: String, files: [HashedFile]) {
      self.stage = stage
      self.pack = pack
      self.version = version
      self.files = files
    }
  }

  public struct TokenizerRecord: Sendable, Equatable {
    public var name: String
    public var sha256: String
    public var vocabularySize: Int

    public init(name: String, sha256: String, vocabularySize: Int) {
      self.name = name
      self.sha256 = sha256
      self.vocabularySize = vocabularySize
    }
  }

  /// The pinned table of letters, numbers, spaces and word breaks.
  public struct UnicodeRecord: Sendable, Equatable {
    /// Unicode's version, such as `15.0`.
    public var version: String
    public var sha256: String

    public init(version: String, sha256: String) {
      self.version = version
      self.sha256 = sha256
    }
  }

  /// Versions of the system's libraries whose output can differ between versions.
  public struct Libraries: Sendable, Equatable {
    public var icu: String
    public var zstd: String

    public init(icu: String, zstd: String) {
      self.icu = icu
      self.zstd = zstd
    }
  }

  /// The data that was intervened on.
  public struct Base: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable { case idxmap, pile, preshuffled }

    public var kind: Kind
    public var datasets: [Dataset]

    public init(kind: Kind, datasets: [Dataset]) {
      self.kind = kind
      self.datasets = datasets
    }
  }

  /// One idxmap of the base.
  public struct Dataset: Sendable, Equatable {
    public enum TokenType: String, Sendable, CaseIterable { case uint16, int32 }

    /// The last component of its prefix: where it lies is the reader's affair.
    public var name: String
    public var weight: Double
    public var items: Int
    public var tokens: Int
    public var tokenType: TokenType
    public var idxSHA256: String
    /// The `.bin` file, or its shards in order.
    public var files: [SizedFile]
    /// SHA-256 of the sidecar with each document's subset and origin, where there is one.
    public var originSHA256: String?

    public init(
      name: String, weight: Double, items: Int, tokens: Int, tokenType: TokenType, idxSHA256: String,
      files: [SizedFile], originSHA256: String? = nil
    ) {
      self.name = name
      self.weight = weight
      self.items = items
      self.tokens = tokens
      self.tokenType = tokenType
      self.idxSHA256 = idxSHA256
      self.files = files
      self.originSHA256 = originSHA256
    }
  }

  public struct SizedFile: Sendable, Equatable {
    public var path: String
    public var bytes: Int

    public init(path: String, bytes: Int) {
      self.path = path
      self.bytes = bytes
    }
  }
}

// MARK: - What was asked for

extension Manifest {
  /// The training run that the window belongs to.
  public struct Run: Sendable, Equatable {
    /// The name in `order: {run: NAME}`; nil where the pipeline gives the numbers.
    public var preset: String?
    public var trainIterations: Int
    public var batchSize: Int
    public var sequenceLength: Int
    public var seed: Int
    public var checkpointEvery: Int
    /// `969,30,1` where the base was split, else nil.
    public var split: String?

    public init(
      preset: String? = nil, trainIterations: Int, batchSize: Int, sequenceLength: Int, seed: Int,
      checkpointEvery: Int, split: String? = nil
    ) {
      self.preset = preset
      self.trainIterations = trainIterations
      self.batchSize = batchSize
      self.sequenceLength = sequenceLength
      self.seed = seed
      self.checkpointEvery = checkpointEvery
      self.split = split
    }
  }

  public struct WindowRecord: Sendable, Equatable {
    public var firstStep: Int
    /// One past the last step.
    public var endStep: Int
    /// The index into the training order of item 0 of the output.
    public var firstSample: Int
    public var samples: Int
    /// Steps of the window by steps of the run.
    public var share: Double

    public init(firstStep: Int, endStep: Int, firstSample: Int, samples: Int, share: Double) {
      self.firstStep = firstStep
      self.endStep = endStep
      self.firstSample = firstSample
      self.samples = samples
      self.share = share
    }
  }

  /// Which edits of a `swap` stage are applied.
  public struct Selection: Sendable, Equatable {
    public enum Unit: String, Sendable, CaseIterable { case sequence, document, occurrence }

    /// The `swap` stage's place in the pipeline, from 0.
    public var stage: Int
    /// Decimal text, so that 0.1 is one tenth.
    public var fraction: String
    public var by: Unit
    public var seed: Int

    public init(stage: Int, fraction: String, by: Unit, seed: Int) {
      self.stage = stage
      self.fraction = fraction
      self.by = by
      self.seed = seed
    }
  }

  /// How a sample keeps its length.
  public enum Length: String, Sendable, CaseIterable { case aligned, slide, pad }
}

// MARK: - What came out

extension Manifest {
  public struct Counts: Sendable, Equatable {
    public var sequences: Int
    public var sequencesChanged: Int
    /// Documents that have tokens in the window, each counted once.
    public var documents: Int
    public var tokens: Int
    public var tokensChanged: Int
    /// Matches of the rules, applied or not.
    public var candidates: Int
    public var edits: Int
    public var byRule: [RuleCount]
    /// Candidates left alone, by reason, in the order of the reasons' names.
    public var kept: [NamedCount]
    /// Edits that changed the number of tokens.
    public var lengthChanges: Int
    /// Edits whose branch was the rule's fallback.
    public var uncertain: Int
    /// Edits that fell off the end of their sample.
    public var cut: Int

    public init(
      sequences: Int, sequencesChanged: Int, documents: Int, tokens: Int, tokensChanged: Int, candidates: Int,
      edits: Int, byRule: [RuleCount], kept: [NamedCount], lengthChanges: Int, uncertain: Int, cut: Int
    ) {
      self.sequences = sequences
      self.sequencesChanged = sequencesChanged
      self.documents = documents
      self.tokens = tokens
      self.tokensChanged = tokensChanged
      self.candidates = candidates
      self.edits = edits
      self.byRule = byRule
      self.kept = kept
      self.lengthChanges = lengthChanges
      self.uncertain = uncertain
      self.cut = cut
    }
  }

  public struct RuleCount: Sendable, Equatable {
    public var stage: Int
    public var rule: String
    /// The choice that was taken; empty where the rule has none.
    public var branch: String
    public var edits: Int

    public init(stage: Int, rule: String, branch: String, edits: Int) {
      self.stage = stage
      self.rule = rule
      self.branch = branch
      self.edits = edits
    }
  }

  public struct NamedCount: Sendable, Equatable {
    public var name: String
    public var count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// The manipulation check: the window's pronouns before and after.
  public struct Pronouns: Sendable, Equatable {
    public var before: Census
    public var after: Census

    public init(before: Census, after: Census) {
      self.before = before
      self.after = after
    }
  }

  public struct Census: Sendable, Equatable {
    /// How often each word stands in the window, whatever its case.
    public var words: [NamedCount]
    /// Masculine among masculine and feminine ones; nil where there are neither.
    public var masculineShare: Double?

    public init(words: [NamedCount], masculineShare: Double?) {
      self.words = words
      self.masculineShare = masculineShare
    }
  }

  /// A file of the output folder.
  public struct Output: Sendable, Equatable {
    public enum Role: String, Sendable, CaseIterable {
      /// `.bin` and `.idx` of the intervened window and of the control.
      case window, windowIndex = "window-index", control, controlIndex = "control-index"
      case indexMap = "index-map"
      case edits
      /// A GPT-NeoX config, and what is for people: notes, card, report.
      case config, document
    }

    /// Relative to the manifest's folder.
    public var path: String
    public var role: Role
    public var bytes: Int
    /// Of the whole file: what `sha256sum` prints.
    public var sha256: String
    /// Of what a compressed file holds: it does not depend on zstd's version.
    public var uncompressedSHA256: String?
    /// Ranges of samples that can be checked alone.
    public var parts: [Part]

    public init(
      path: String, role: Role, bytes: Int, sha256: String, uncompressedSHA256: String? = nil, parts: [Part] = []
    ) {
      self.path = path
      self.role = role
      self.bytes = bytes
      self.sha256 = sha256
      self.uncompressedSHA256 = uncompressedSHA256
      self.parts = parts
    }
  }

  public struct Part: Sendable, Equatable {
    /// The index into the training order.
    public var firstSample: Int
    public var samples: Int
    public var sha256: String

    public init(firstSample: Int, samples: Int, sha256: String) {
      self.firstSample = firstSample
      self.samples = samples
      self.sha256 = sha256
    }
  }
}

// MARK: - For those who go on from here

extension Manifest {
  /// How GPT-NeoX reads the window.
  public struct Trainer: Sendable, Equatable {
    /// The intervened window, and the control where there is one; relative to the manifest's folder.
    public var dataPrefix: String
    public var controlPrefix: String?
    /// What the names of the window's index maps start with; a naming's part and `_doc_idx.npy` … follow.
    public var indexMapPrefix: String
    public var namings: [Naming]
    /// The number of samples that GPT-NeoX asks for and writes into the names.
    public var samplesInName: Int
    public var resume: Checkpoint
    public var trainIterations: Int
    public var batchSize: Int
    public var sequenceLength: Int

    public init(
      dataPrefix: String, controlPrefix: String?, indexMapPrefix: String, namings: [Naming] = Naming.allCases,
      samplesInName: Int, resume: Checkpoint, trainIterations: Int, batchSize: Int, sequenceLength: Int
    ) {
      self.dataPrefix = dataPrefix
      self.controlPrefix = controlPrefix
      self.indexMapPrefix = indexMapPrefix
      self.namings = namings
      self.samplesInName = samplesInName
      self.resume = resume
      self.trainIterations = trainIterations
      self.batchSize = batchSize
      self.sequenceLength = sequenceLength
    }
  }

  /// What GPT-NeoX puts between the seed and `_doc_idx.npy`: nothing until August 2024, `_packedpi_ac` since.
  public enum Naming: String, Sendable, CaseIterable {
    case v1 = "v1.0"
    case current

    public var infix: String { self == .v1 ? "" : "_packedpi_ac" }
  }

  /// A checkpoint by the run's own step, and as its publisher labels it.
  public struct Checkpoint: Sendable, Equatable {
    public var iteration: Int
    /// Such as `step133000`.
    public var published: String

    public init(iteration: Int, published: String) {
      self.iteration = iteration
      self.published = published
    }
  }

  /// What to score.
  public struct Evaluator: Sendable, Equatable {
    public var name: String
    public var arm: String
    /// The name of the run to compare with; nil where there is none.
    public var control: String?
    public var checkpoints: [Checkpoint]

    public init(name: String, arm: String, control: String?, checkpoints: [Checkpoint]) {
      self.name = name
      self.arm = arm
      self.control = control
      self.checkpoints = checkpoints
    }
  }
}
