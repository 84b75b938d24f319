import StructuredText

/// What `tiresias evaluate` writes: the current form of the harness, with fingerprints and the model's identity under
/// `tiresias`.
struct TiresiasResults {
  let evaluation: Evaluation

  init(_ root: JSONNode) throws(JSONFailure) {
    let record = try root.member("tiresias")
    let format = try record.member("format")
    guard try format.int() == 1 else {
      throw format.failure("this is not format 1; use the tiresias that wrote it")
    }
    let benchmarks = try record.member("benchmarks").elements()
    let prints = try benchmarks.map { node throws(JSONFailure) in try BenchmarkRecord(node) }
    var evaluation = Evaluation(
      source: root.name, dialect: .tiresias, subject: try Self.subject(record),
      fingerprint: prints.first?.fingerprint ?? Fingerprint(), scores: [])
    evaluation.precisionError = try Self.precisionError(record)
    evaluation.weightHash = try record.member("model").member("weights_sha256").string()
    evaluation.scores = try Self.scores(root, prints)
    evaluation.itemFiles = prints.compactMap(\.items)
    self.evaluation = evaluation
  }

  /// Task names are the harness', `TASK+PROMPT` where there are prompts.
  private static func scores(_ root: JSONNode, _ records: [BenchmarkRecord]) throws(JSONFailure) -> [Score] {
    var byTask: [String: BenchmarkRecord] = [:]
    for record in records { for task in record.tasks { byTask[task] = record } }
    return try CurrentResults.scores(root).map { score throws(JSONFailure) in
      var score = score
      guard let record = byTask[score.task] else {
        throw root.failure("no benchmark of 'tiresias.benchmarks' has the task '\(score.task)'")
      }
      score.taskVersion = record.version
      score.dataHash = record.dataHash
      score.comparison = record.comparison
      if let plus = score.task.firstIndex(of: "+") {
        score.template = String(score.task[score.task.index(after: plus)...])
        score.task = String(score.task[..<plus])
      }
      return score
    }
  }

  private static func precisionError(_ record: JSONNode) throws(JSONFailure) -> Evaluation.PrecisionError? {
    guard let error = try record.optionalMember("precision_error"), !error.isNull else { return nil }
    return Evaluation.PrecisionError(
      questions: try error.member("questions").int(in: 0...Int.max), mean: try error.member("mean_abs").double(),
      greatest: try error.member("max_abs").double())
  }

  // MARK: Which model

  private static func subject(_ record: JSONNode) throws(JSONFailure) -> Subject {
    var subject = try subjectWithoutSeed(record)
    subject.seed = try record.member("model").count("seed")
    return subject
  }

  private static func subjectWithoutSeed(_ record: JSONNode) throws(JSONFailure) -> Subject {
    let model = try record.member("model")
    let (step, published) = (try model.count("step"), try model.text("published"))
    let name = try model.member("name").string()
    guard let arm = try record.optionalMember("arm"), !arm.isNull else {
      return PublishedNames.subject(ofHubName: name, step: published.flatMap(PublishedNames.step) ?? step)
    }
    return try subject(ofRun: arm, step: published.flatMap(PublishedNames.step) ?? step)
  }

  /// A run that a manifest describes: its name says the model, and of an intervention what it is called.
  private static func subject(ofRun record: JSONNode, step: Int?) throws(JSONFailure) -> Subject {
    let run = try record.member("run").string()
    let arm = try record.member("arm").string()
    var subject = PublishedNames.subject(ofHubName: run, step: step)
    subject.run = run
    switch (arm, subject.arm) {
    case ("control", _): subject.arm = .control
    // The name of a Pythia run says what was done to it; another run's name is the model's.
    case ("intervention", .intervention): break
    default: subject.arm = .intervention(arm)
    }
    if let control = try record.text("control"), control != "control" { subject.control = .intervention(control) }
    return subject
  }
}

/// One benchmark of a results file: what its scores depend on, and where its items are.
private struct BenchmarkRecord {
  let tasks: [String]
  let fingerprint: Fingerprint
  let version: String?
  let dataHash: String
  let comparison: String
  let items: Evaluation.ItemFileReference?

  init(_ node: JSONNode) throws(JSONFailure) {
    let print = try node.member("fingerprint")
    let scorer = try print.member("scorer")
    tasks = try node.member("tasks").elements().map { task throws(JSONFailure) in try task.string() }
    version = try print.member("version").version()
    comparison = try node.member("comparison").string()
    let data = try print.member("data").elements().map { file throws(JSONFailure) in
      try file.member("sha256").string()
    }
    let settings = try print.member("settings").members().map { key, value throws(JSONFailure) in
      "\(key) \(try value.string())"
    }
    dataHash = (data + settings).joined(separator: ", ")
    var parts = Fingerprint()
    parts[.evaluator] = try print.member("evaluator").member("name").string()
    parts[.build] =
      "revision \(try print.member("evaluator").member("revision").int()), scorer \(try scorer.member("revision").int())"
    parts[.precision] = try scorer.member("precision").string()
    parts[.limit] = try print.optionalMember("limit")?.limit()
    parts[.tokenizer] = try print.member("tokenizer_sha256").string()
    parts[.kernel] = [
      try scorer.member("library").string(), try scorer.member("instruction_set").string(),
      try scorer.member("kernel").string(),
    ].joined(separator: ", ")
    fingerprint = parts
    items = try Self.items(node)
  }

  private static func items(_ node: JSONNode) throws(JSONFailure) -> Evaluation.ItemFileReference? {
    guard let file = try node.optionalMember("item_file"), !file.isNull else { return nil }
    let path = try file.string()
    guard path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ !["", ".", ".."].contains($0) })
    else {
      throw file.failure("'\(path)' is not a path that stays inside the folder")
    }
    return Evaluation.ItemFileReference(
      benchmark: try node.member("name").string(), path: path, sha256: try node.member("item_file_sha256").string())
  }
}
