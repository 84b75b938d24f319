import StructuredText

/// `config` of a result file: which model was scored, and by what.
struct HarnessConfiguration {
  let subject: Subject
  var fingerprint = Fingerprint()
  let fewShot: Int
  let batchSize: String?

  init(_ config: JSONNode) throws(JSONFailure) {
    fewShot = try config.count("num_fewshot") ?? 0
    batchSize = try config.optionalMember("batch_size")?.version()
    fingerprint[.evaluator] = try config.member("model").string()
    fingerprint[.limit] = try config.optionalMember("limit")?.version()
    let arguments = try config.member("model_args")
    if case .object = arguments.value, try arguments.optionalMember("pretrained") == nil {
      (subject, fingerprint[.build], fingerprint[.precision]) = try Self.neox(arguments)
    } else {
      let values = try ModelArguments(arguments)
      subject = try values.subject
      fingerprint[.precision] = values.values["dtype"]
    }
  }

  /// A GPT-NeoX run. The checkpoint that was scored lies at `load`; `save` and the config's name are the same for
  /// control and intervention in some of the published files, so they tell the model alone.
  private static func neox(
    _ arguments: JSONNode
  ) throws(JSONFailure) -> (Subject, build: String?, precision: String?) {
    let step = try arguments.member("iteration").int(in: 0...Int.max)
    let total = try arguments.count("train_iters")
    let (load, save) = (try arguments.text("load"), try arguments.text("save"))
    let scored = load ?? save
    var names = [scored.map(lastName) ?? "", save.map(lastName) ?? ""]
    if let files = try arguments.optionalMember("config_files"), !files.isNull {
      names += try files.members().map(\.key)
    }
    let folders = ResultFile.surroundings(of: arguments.name)
    let published = PublishedNames(names: names, folders: Array(folders.prefix(1)))
    let model = published.pythia ?? ModelName(family: PublishedNames.withoutArm(names[0]))
    let own = PublishedNames(names: [names[0]], folders: folders)
    let arm = scored == nil ? own.armOfFolders(of: total) : own.armOfNames(of: total)
    return (
      Subject(model: model, arm: arm, checkpoint: PublishedNames.checkpoint(step, total, model)),
      try arguments.text("git_hash"), try arguments.text("precision")
    )
  }

  static func lastName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// Arguments of a model that the harness loads: `pretrained=NAME,revision=step143000,dtype=float16`, as a string or an
/// object.
struct ModelArguments {
  let values: [String: String]
  private let node: JSONNode

  init(_ node: JSONNode) throws(JSONFailure) {
    self.node = node
    if case .object = node.value {
      var values: [String: String] = [:]
      for (key, value) in try node.members() {
        if case .string(let text) = value.value { values[key] = text }
      }
      self.values = values
      return
    }
    let pairs = try node.string().split(separator: ",").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0) }
      return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }
    values = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  var subject: Subject {
    get throws(JSONFailure) {
      guard let pretrained = values["pretrained"], !pretrained.isEmpty else {
        throw node.failure("it does not name the model: there is no 'pretrained'")
      }
      let parts = pretrained.split(separator: "/").map(String.init)
      let ownStep = parts.last.flatMap(PublishedNames.step)
      let name = (ownStep == nil ? parts.last : parts.dropLast().last) ?? pretrained
      return PublishedNames.subject(
        ofHubName: name, step: values["revision"].flatMap(PublishedNames.step) ?? ownStep)
    }
  }
}
