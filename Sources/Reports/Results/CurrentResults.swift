import StructuredText

/// lm-evaluation-harness since version 0.4: `results` by task with metrics `NAME,FILTER`, and beside it `versions`,
/// `n-shot`, `n-samples`, `config`, `git_hash`, `lm_eval_version`.
struct CurrentResults {
  let evaluation: Evaluation

  init(_ root: JSONNode) throws {
    let config = try root.member("config")
    var fingerprint = try Self.fingerprint(root, config)
    let arguments = try ModelArguments(config.member("model_args"))
    fingerprint[.precision] = try config.text("model_dtype").map(Self.precision) ?? arguments.values["dtype"]
    evaluation = Evaluation(
      source: root.name, dialect: .currentHarness, subject: try arguments.subject, fingerprint: fingerprint,
      scores: try Self.scores(root), batchSize: try config.optionalMember("batch_size")?.version())
  }

  private static func fingerprint(_ root: JSONNode, _ config: JSONNode) throws(JSONFailure) -> Fingerprint {
    var fingerprint = Fingerprint()
    fingerprint[.evaluator] = "lm-eval " + (try config.member("model").string())
    let build = [try root.text("lm_eval_version"), try root.text("git_hash")].compactMap { $0 }
    if !build.isEmpty { fingerprint[.build] = build.joined(separator: " ") }
    fingerprint[.limit] = try config.optionalMember("limit")?.limit()
    return fingerprint
  }

  /// `torch.float16` as other files write it.
  private static func precision(_ type: String) -> String {
    type.hasPrefix("torch.") ? String(type.dropFirst(6)) : type
  }

  static func scores(_ root: JSONNode) throws(JSONFailure) -> [Score] {
    let versions = try root.optionalMember("versions")
    let shots = try root.optionalMember("n-shot")
    let samples = try root.optionalMember("n-samples")
    let hashes = try root.optionalMember("task_hashes")
    var scores: [Score] = []
    for (task, node) in try root.member("results").members() {
      scores += try node.metrics(
        Score(
          task: task, metric: "", fewShot: try shots?.count(task) ?? 0, value: 0,
          count: try samples?.optionalMember(task)?.count("effective"),
          taskVersion: try versions?.optionalMember(task)?.version(), dataHash: try hashes?.text(task)))
    }
    return scores
  }
}

extension JSONNode {
  /// The harness' `limit`: a number of items or a share of them; nil for null.
  func limit() throws(JSONFailure) -> String? {
    if isNull { return nil }
    let number = try double()
    return number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : "\(number)"
  }
}
