import StructuredText

/// `{"results": {TASK: {METRIC: …}}, "versions", "config": {"model", "model_args", "num_fewshot", …}}`: the harness before
/// version 0.4. `model_args` is a string `KEY=VALUE,…`, or all arguments of a GPT-NeoX run.
struct HarnessResults {
  let evaluation: Evaluation

  init(_ root: JSONNode) throws(JSONFailure) {
    let config = try HarnessConfiguration(root.member("config"))
    let versions = try root.optionalMember("versions")
    var scores: [Score] = []
    for (task, node) in try root.member("results").members() {
      let version = try versions?.optionalMember(task)?.version()
      scores += try node.metrics(
        Score(task: task, metric: "", fewShot: config.fewShot, value: 0, taskVersion: version))
    }
    evaluation = Evaluation(
      source: root.name, dialect: .harness, subject: config.subject, fingerprint: config.fingerprint, scores: scores,
      batchSize: config.batchSize)
  }
}

/// The same with promptsource: `results` is a list, and `table_results` has it by `TASK+PROMPT`.
struct PromptsourceResults {
  let evaluation: Evaluation

  init(_ root: JSONNode) throws(JSONFailure) {
    let config = try HarnessConfiguration(root.member("config"))
    let versions = try root.optionalMember("versions")
    var scores: [Score] = []
    for node in try root.member("results").elements() {
      let task = try node.member("task_name").string()
      let template = try node.member("prompt_name").string()
      let version = try versions?.optionalMember(task + "+" + template)?.version()
      scores += try node.metrics(
        Score(
          task: task, template: template, metric: "", fewShot: config.fewShot, value: 0, taskVersion: version))
    }
    evaluation = Evaluation(
      source: root.name, dialect: .promptsource, subject: config.subject, fingerprint: config.fingerprint,
      scores: scores, batchSize: config.batchSize)
  }
}

/// `{"table_results": {"TASK+PROMPT": {…}}, "model_args": {"iteration", "config_files": {NAME: …}}}`, on one line: no word
/// of the evaluator, and of the arm only what the folder's name says.
struct TableResults {
  let evaluation: Evaluation

  init(_ root: JSONNode) throws(JSONFailure) {
    let arguments = try root.member("model_args")
    let step = try arguments.member("iteration").int(in: 0...Int.max)
    let names = try arguments.member("config_files").members().map(\.key)
    var scores: [Score] = []
    for (_, node) in try root.member("table_results").members() {
      let task = try node.member("task_name").string()
      scores += try node.metrics(
        Score(task: task, template: try node.member("prompt_name").string(), metric: "", value: 0))
    }
    let published = PublishedNames(names: names, folders: ResultFile.surroundings(of: root.name))
    let model = published.pythia ?? ModelName(family: names.joined(separator: " "))
    evaluation = Evaluation(
      source: root.name, dialect: .tableResults,
      subject: Subject(
        model: model, arm: published.armOfFolders(of: nil), checkpoint: PublishedNames.checkpoint(step, nil, model)),
      fingerprint: Fingerprint(), scores: scores)
  }
}
