import ByteIO
import StructuredText
import TokenDataset

extension Manifest {
  /// Reads `manifest.json`. Manifests come from strangers: an unknown or missing key, another type, a number out of
  /// range, a path that leaves the folder, and numbers that do not fit together are errors that name file and key.
  public static func parse(_ bytes: [UInt8], name: String) throws(JSONFailure) -> Manifest {
    let manifest = try Manifest(try JSONNode.parse(bytes, name: name))
    if let fault = manifest.contradiction {
      throw JSONFailure(.content, name: name, path: fault.path, reason: fault.reason)
    }
    return manifest
  }

  /// The largest file that is read; a manifest of 10,000 parts has 2 MB.
  static let maximumBytes = 1 << 28

  /// The first file that is not there in its size; nil if all are. A look at each file, not into it.
  package func firstMissingOutput(in folder: String) -> String? {
    outputs.first { (try? FileSystem.size(of: folder + "/" + $0.path)) != $0.bytes }?.path
  }

  /// Reads a manifest and those of its files that are links: one that leads out of its folder is refused.
  public static func load(_ path: String) throws -> Manifest {
    let manifest = try parse(FileSystem.contents(of: path, limit: maximumBytes), name: path)
    let folder = FileSystem.parent(of: path) ?? "."
    let prefixes = [manifest.trainer.dataPrefix, manifest.trainer.controlPrefix].compactMap { $0 }
    for file in manifest.outputs.map(\.path) + prefixes.flatMap({ [$0 + ".bin", $0 + ".idx"] })
    where FileSystem.leadsOutside(folder + "/" + file, of: folder) {
      throw PipelineFailure(
        path, "\(file) is a link that leads out of its folder. Put what it stands for into the folder if you trust it.")
    }
    return manifest
  }

  private init(_ node: JSONNode) throws(JSONFailure) {
    // Before all else: another version has other keys.
    let version = try node.member("manifest")
    guard try version.int() == Manifest.version else {
      throw version.failure("this is not version \(Manifest.version) of the format; use the tiresias that wrote it")
    }
    try node.requireKeys([
      "manifest", "tool", "name", "description", "pipeline", "rules", "tokenizer", "unicode", "libraries", "base",
      "run", "window", "selection", "length", "counts", "random_edits", "retokenized", "pronouns", "warnings",
      "outputs", "trainer", "evaluator",
    ])
    tool = try Tool(node.member("tool"))
    name = try node.member("name").word()
    description = try node.member("description").string()
    pipeline = try PipelineText(node.member("pipeline"))
    rules = try node.member("rules").list(RulePackRecord.init)
    tokenizer = try TokenizerRecord(node.member("tokenizer"))
    unicode = try UnicodeRecord(node.member("unicode"))
    libraries = try Libraries(node.member("libraries"))
    base = try Base(node.member("base"))
    run = try Run(node.member("run"))
    window = try WindowRecord(node.member("window"))
    selection = try node.member("selection").list(Selection.init)
    length = try node.member("length").choice()
    counts = try Counts(node.member("counts"))
    randomEdits = try node.optionalMember("random_edits").map(RandomEdits.init)
    retokenized = try node.optionalMember("retokenized").map(Retokenized.init)
    pronouns = try node.optionalMember("pronouns").map(Pronouns.init)
    warnings = try node.member("warnings").list { node throws(JSONFailure) in try node.string() }
    outputs = try node.member("outputs").list(Output.init)
    trainer = try Trainer(node.member("trainer"))
    evaluator = try Evaluator(node.member("evaluator"))
  }

  /// The first place where the manifest's numbers do not fit together, or nil.
  private var contradiction: (path: String, reason: String)? {
    if window.firstStep >= window.endStep || window.endStep > run.trainIterations {
      return ("window.end_step", "the window is not a range of the run's \(run.trainIterations) steps")
    }
    if window.firstStep.multipliedReportingOverflow(by: run.batchSize) != (window.firstSample, false) {
      return ("window.first_sample", "it is not first_step times batch_size")
    }
    let steps = window.endStep - window.firstStep
    if steps.multipliedReportingOverflow(by: run.batchSize) != (window.samples, false)
      || window.firstSample.addingReportingOverflow(window.samples).overflow
    {
      return ("window.samples", "it is not the number of steps times batch_size")
    }
    // Of 8 bytes each at most, as they stand in a file.
    let bytes = window.samples.multipliedReportingOverflow(by: 8)
    let length = run.sequenceLength.addingReportingOverflow(1)
    if bytes.overflow || length.overflow
      || bytes.partialValue.multipliedReportingOverflow(by: length.partialValue).overflow
    {
      return ("window.samples", "so many samples of sequence_length tokens fit into no file")
    }
    if (trainer.trainIterations, trainer.batchSize, trainer.sequenceLength)
      != (run.trainIterations, run.batchSize, run.sequenceLength) || trainer.resume.iteration != window.firstStep
    {
      return ("trainer", "train_iters, batch_size, sequence_length or resume is not that of run and window")
    }
    return contradictionOfOutputs
  }

  private var contradictionOfOutputs: (path: String, reason: String)? {
    var seen: Set<String> = []
    let samples = window.firstSample..<window.firstSample + window.samples
    for (index, output) in outputs.enumerated() {
      if !seen.insert(output.path).inserted { return ("outputs[\(index)].path", "'\(output.path)' stands twice") }
      var start = samples.lowerBound
      for (number, part) in output.parts.enumerated() {
        let end = part.firstSample.addingReportingOverflow(part.samples)
        if part.firstSample < start || end.overflow || end.partialValue > samples.upperBound {
          return ("outputs[\(index)].parts[\(number)]", "it is no range of the window's samples behind the part before")
        }
        start = end.partialValue
      }
    }
    return nil
  }
}

extension Manifest.Tool {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["name", "version", "build"])
    name = try node.member("name").word()
    version = try node.member("version").word()
    build = try node.member("build").word()
  }
}

extension Manifest.PipelineText {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["text", "sha256"])
    text = try node.member("text").string()
    sha256 = try node.member("sha256").sha256()
  }
}

extension Manifest.HashedFile {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["path", "sha256"])
    path = try node.member("path").path()
    sha256 = try node.member("sha256").sha256()
  }
}

extension Manifest.RulePackRecord {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["stage", "pack", "version", "files"])
    stage = try node.member("stage").count()
    pack = try node.member("pack").word()
    version = try node.member("version").word()
    files = try node.member("files").list(from: 1, Manifest.HashedFile.init)
  }
}

extension Manifest.RandomEdits {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["pairs", "version", "files", "edits", "unmatched"])
    pairs = try node.member("pairs").word()
    version = try node.member("version").word()
    files = try node.member("files").list(from: 1, Manifest.HashedFile.init)
    edits = try node.member("edits").count()
    unmatched = try node.member("unmatched").count()
  }
}

extension Manifest.Retokenized {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["samples", "special_dropped", "document_ends_dropped", "padding_added", "tokens_cut"])
    samples = try node.member("samples").count()
    specialDropped = try node.member("special_dropped").count()
    documentEndsDropped = try node.member("document_ends_dropped").count()
    paddingAdded = try node.member("padding_added").count()
    tokensCut = try node.member("tokens_cut").count()
  }
}

extension Manifest.TokenizerRecord {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["name", "sha256", "vocabulary_size"])
    name = try node.member("name").word()
    sha256 = try node.member("sha256").sha256()
    vocabularySize = try node.member("vocabulary_size").count(from: 1)
  }
}

extension Manifest.UnicodeRecord {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["version", "sha256"])
    version = try node.member("version").word()
    sha256 = try node.member("sha256").sha256()
  }
}

extension Manifest.Libraries {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["icu", "zstd"])
    icu = try node.member("icu").word()
    zstd = try node.member("zstd").word()
  }
}

extension Manifest.Base {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["kind", "datasets"])
    kind = try node.member("kind").choice()
    datasets = try node.member("datasets").list(from: 1, Manifest.Dataset.init)
  }
}

extension Manifest.Dataset {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys([
      "name", "weight", "items", "tokens", "token_type", "idx_sha256", "files", "origin_sha256",
    ])
    name = try node.member("name").word()
    weight = try node.member("weight").number(in: .leastNonzeroMagnitude ... .greatestFiniteMagnitude)
    items = try node.member("items").count()
    tokens = try node.member("tokens").count()
    tokenType = try node.member("token_type").tokenType()
    idxSHA256 = try node.member("idx_sha256").sha256()
    files = try node.member("files").list(from: 1, Manifest.SizedFile.init)
    originSHA256 = try node.optionalMember("origin_sha256")?.sha256()
  }
}

extension Manifest.SizedFile {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["path", "bytes"])
    path = try node.member("path").path()
    bytes = try node.member("bytes").count()
  }
}

extension Manifest.Run {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys([
      "preset", "train_iters", "batch_size", "sequence_length", "seed", "checkpoint_every", "split",
    ])
    preset = try node.member("preset").orNull { node throws(JSONFailure) in try node.string() }
    trainIterations = try node.member("train_iters").count(from: 1)
    batchSize = try node.member("batch_size").count(from: 1)
    sequenceLength = try node.member("sequence_length").count(from: 1)
    seed = try node.member("seed").int(in: 0...Int(UInt32.max))
    checkpointEvery = try node.member("checkpoint_every").count(from: 1)
    split = try node.member("split").orNull { node throws(JSONFailure) in try node.string() }
  }
}

extension Manifest.WindowRecord {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["first_step", "end_step", "first_sample", "samples", "share"])
    firstStep = try node.member("first_step").count()
    endStep = try node.member("end_step").count(from: 1)
    firstSample = try node.member("first_sample").count()
    samples = try node.member("samples").count(from: 1)
    share = try node.member("share").number(in: .leastNonzeroMagnitude...1)
  }
}

extension Manifest.Selection {
  init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["stage", "fraction", "by", "seed"])
    stage = try node.member("stage").count()
    fraction = try node.member("fraction").fraction()
    by = try node.member("by").choice()
    seed = try node.member("seed").count()
  }
}

extension Manifest.Counts {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys([
      "sequences", "sequences_changed", "documents", "tokens", "tokens_changed", "candidates", "edits", "by_rule",
      "kept", "length_changes", "uncertain", "cut",
    ])
    sequences = try node.member("sequences").count()
    sequencesChanged = try node.member("sequences_changed").count()
    documents = try node.member("documents").count()
    tokens = try node.member("tokens").count()
    tokensChanged = try node.member("tokens_changed").count()
    candidates = try node.member("candidates").count()
    edits = try node.member("edits").count()
    byRule = try node.member("by_rule").list(Manifest.RuleCount.init)
    kept = try node.member("kept").counts()
    lengthChanges = try node.member("length_changes").count()
    uncertain = try node.member("uncertain").count()
    cut = try node.member("cut").count()
  }
}

extension Manifest.RuleCount {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["stage", "rule", "branch", "edits"])
    stage = try node.member("stage").count()
    rule = try node.member("rule").word()
    branch = try node.member("branch").string()
    edits = try node.member("edits").count()
  }
}

extension Manifest.Pronouns {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["before", "after"])
    before = try Manifest.Census(node.member("before"))
    after = try Manifest.Census(node.member("after"))
  }
}

extension Manifest.Census {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["words", "masculine_share"])
    words = try node.member("words").counts()
    masculineShare = try node.member("masculine_share").orNull { node throws(JSONFailure) in try node.number(in: 0...1)
    }
  }
}

extension Manifest.Output {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["path", "role", "bytes", "sha256", "uncompressed_sha256", "parts"])
    path = try node.member("path").path()
    role = try node.member("role").choice()
    bytes = try node.member("bytes").count()
    sha256 = try node.member("sha256").sha256()
    uncompressedSHA256 = try node.optionalMember("uncompressed_sha256")?.sha256()
    parts = try node.optionalMember("parts")?.list(Manifest.Part.init) ?? []
  }
}

extension Manifest.Part {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["first_sample", "samples", "sha256"])
    firstSample = try node.member("first_sample").count()
    samples = try node.member("samples").count(from: 1)
    sha256 = try node.member("sha256").sha256()
  }
}

extension Manifest.Trainer {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys([
      "data_prefix", "control_prefix", "index_map_prefix", "namings", "samples_in_name", "resume", "train_iters",
      "batch_size", "sequence_length",
    ])
    dataPrefix = try node.member("data_prefix").path()
    controlPrefix = try node.member("control_prefix").orNull { node throws(JSONFailure) in try node.path() }
    indexMapPrefix = try node.member("index_map_prefix").path()
    namings = try node.member("namings").list { node throws(JSONFailure) in try node.choice() }
    samplesInName = try node.member("samples_in_name").count(from: 1)
    resume = try Manifest.Checkpoint(node.member("resume"))
    trainIterations = try node.member("train_iters").count(from: 1)
    batchSize = try node.member("batch_size").count(from: 1)
    sequenceLength = try node.member("sequence_length").count(from: 1)
  }
}

extension Manifest.Checkpoint {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["iteration", "published"])
    iteration = try node.member("iteration").count()
    published = try node.member("published").word()
  }
}

extension Manifest.Evaluator {
  fileprivate init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys(["name", "arm", "control", "checkpoints"])
    name = try node.member("name").word()
    arm = try node.member("arm").word()
    control = try node.member("control").orNull { node throws(JSONFailure) in try node.string() }
    checkpoints = try node.member("checkpoints").list(Manifest.Checkpoint.init)
  }
}
