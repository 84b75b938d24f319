import ByteIO
import Intervention
import TokenDataset
import TrainingOrder

/// The last step of a run: names, index files, index maps, configs and documents, and the manifest that says it is complete.
///
/// Every step can be done again, so a run that was killed here goes on here.
struct WindowFinish {
  let plan: WindowPlan
  let request: WindowRequest
  let files: WindowFolder
  let run: String
  let order: RunOrder
  let progress: Progress.Style

  /// `hashes` are those of the data, where one run has written all of them. Without them everything is read again, and
  /// compared with its checksums before anything gets its final name.
  func finish(_ hashes: WindowHashes?) throws -> Manifest {
    let records = try records()
    guard let hashes = try hashes ?? checked() else {
      throw PipelineFailure(
        files.path,
        "some of it is not what was written. Check the disk, and run again: the damaged parts are made again.")
    }
    var outputs: [Manifest.Output] = []
    for arm in arms(hashes) { outputs += try finishArm(arm) }
    outputs += try finishLogs(records)
    var counts = WindowCounts()
    for record in records { counts += record.counts }
    var manifest = try manifest(outputs, counts)
    try writeDocuments(&manifest, report: try report(manifest, counts))
    try AtomicFile.replace(files.manifest, with: manifest.serialized())
    try files.removeUnfinished()
    return manifest
  }

  /// Reads everything that was made; nil if any of it is damaged, whose records are taken away then.
  func checked() throws -> WindowHashes? {
    var check = SliceCheck(plan, files, try records(), progress: progress)
    let hashes = try check.hashes()
    try check.removeDamaged()
    return hashes
  }

  /// Of all items.
  private func records() throws -> [SliceRecord] {
    let ledger = try WindowLedger(files, run: run, items: plan.items)
    let missing = ledger.missing(in: plan.items)
    guard missing.isEmpty else {
      throw PipelineFailure(
        files.path,
        "\(missing.reduce(0) { $0 + $1.count }) of \(plan.items.count) samples are not made yet, the first of them item"
          + " \(missing[0].lowerBound). Run the tasks that are missing, or the same command again.")
    }
    return ledger.records
  }

  // MARK: Window and control

  private struct Arm {
    let prefix: String
    let data: Manifest.Output.Role
    let index: Manifest.Output.Role
    let hashes: FileHashes
  }

  private func arms(_ hashes: WindowHashes) -> [Arm] {
    let window = Arm(
      prefix: WindowFolder.windowPrefix, data: .window, index: .windowIndex, hashes: hashes.window)
    let control = hashes.control.map {
      Arm(prefix: WindowFolder.controlPrefix, data: .control, index: .controlIndex, hashes: $0)
    }
    return [window] + (control.map { [$0] } ?? [])
  }

  private func finishArm(_ arm: Arm) throws -> [Manifest.Output] {
    let prefix = files.path + "/" + arm.prefix
    try move(files.unfinishedData(arm.prefix), to: prefix + ".bin")
    let parts = zip(0..<plan.partCount, arm.hashes.parts).map { part, sha256 in
      let range = plan.sequences(of: plan.items(ofPart: part))
      return Manifest.Part(firstSample: range.lowerBound, samples: range.count, sha256: sha256)
    }
    let data = Manifest.Output(
      path: arm.prefix + ".bin", role: arm.data, bytes: plan.windowBytes, sha256: arm.hashes.whole, parts: parts)
    try TokenIndexWriter.write(
      prefix + ".idx", type: plan.tokenType, itemCount: plan.sequences.count, length: plan.sampleLength)
    let maps = try WindowIndexMaps(
      prefix: prefix, itemCount: plan.sequences.count, firstPosition: plan.sequences.lowerBound, run: plan.run
    ).write()
    return [data, try output(arm.prefix + ".idx", arm.index)] + (try indexMaps(maps))
  }

  /// Both namings are often one file under two names: it is hashed once.
  private func indexMaps(_ paths: [String]) throws -> [Manifest.Output] {
    let half = paths.count / 2
    var outputs: [Manifest.Output] = []
    for (index, path) in paths.enumerated() {
      let name = FileSystem.name(of: path)
      let isSame = try index >= half && FileSystem.isSameFile(path, paths[index - half])
      let sha256 = isSame ? outputs[index - half].sha256 : try SHA256.hash(file: path)
      outputs.append(
        Manifest.Output(path: name, role: .indexMap, bytes: try FileSystem.size(of: path), sha256: sha256))
    }
    return outputs
  }

  // MARK: Edit logs

  private func finishLogs(_ records: [SliceRecord]) throws -> [Manifest.Output] {
    guard plan.file.emit.log == .edits else { return [] }
    try FileSystem.makeDirectory(files.path + "/edits")
    return try (0..<plan.partCount).map { part in
      let name = WindowFolder.log(part)
      let slices = records.filter { plan.part(of: $0.items) == plan.items(ofPart: part) }
      let whole = slices.count == 1 ? slices[0].logSHA256 : nil
      if whole != nil { try move(files.unfinishedLog(slices[0].items), to: files.path + "/" + name) }
      let merged = whole == nil ? try mergeLogs(slices, into: files.path + "/" + name) : nil
      var output = try output(name, .edits)
      output.uncompressedSHA256 = whole ?? merged
      return output
    }
  }

  /// The log of a part that several tasks have made, compressed as one: the bytes are those of a part made in one go.
  private func mergeLogs(_ slices: [SliceRecord], into path: String) throws -> String {
    let (log, hash) = (try ZstdFileWriter(path), SHA256())
    for slice in slices {
      try EditLogReader.forEachPiece(files.unfinishedLog(slice.items)) {
        try log.write($0)
        hash.update($0)
      }
    }
    try log.commit()
    return hash.finish()
  }

  // MARK: Documents and manifest

  /// What was changed, for people.
  private func report(_ manifest: Manifest, _ counts: WindowCounts) throws -> String {
    let excerpts = counts.edits > 0 ? try ExcerptDraw(plan, order).excerpts() : []
    return ReportPage(Report(manifest, counts.report, plan, excerpts)).text
  }

  /// Configs, notes, report and card: made from the manifest, and listed in it.
  private func writeDocuments(_ manifest: inout Manifest, report: String) throws {
    var documents = NeoXConfiguration.files(manifest, tokenizerFile: manifest.tokenizer.name).map { ($0.path, $0.text) }
    documents.append(
      (
        "TRAINING.md",
        TrainingNotes.text(manifest, example: PythiaSize.all.first { $0.name == "1.4b" } ?? PythiaSize.all[0])
      ))
    documents.append(("report.html", report))
    var contents = documents.map { (path: $0.0, bytes: Array($0.1.utf8)) }
    for file in (plan.packs + (plan.pairs.map { [$0] } ?? [])).flatMap(WindowFolder.rules)
    where !contents.contains(where: { $0.path == file.path }) {
      contents.append(file)
    }
    for (path, bytes) in contents {
      let full = files.path + "/" + path
      if let folder = FileSystem.parent(of: full) { try FileSystem.makeDirectory(folder) }
      try AtomicFile.replace(full, with: bytes)
      manifest.outputs.append(try output(path, path.hasPrefix("neox/") ? .config : .document))
    }
    let card = DataCard.text(manifest, command: "tiresias run \(manifest.name).yaml")
    try AtomicFile.replace(files.path + "/README.md", with: Array(card.utf8))
    manifest.outputs.append(try output("README.md", .document))
  }

  private func manifest(_ outputs: [Manifest.Output], _ counts: WindowCounts) throws -> Manifest {
    let documents = try documentCount()
    return Manifest(
      tool: Manifest.Tool(name: "tiresias", version: toolVersion, build: toolBuild), name: plan.file.name,
      description: plan.file.description, pipeline: request.pipeline, rules: request.rules,
      tokenizer: request.tokenizer, unicode: request.unicode,
      libraries: Manifest.Libraries(icu: icuVersion, zstd: zstdVersion), base: request.base, run: request.run,
      window: request.window, selection: request.selection, length: request.length,
      counts: counts.record(documents: documents, packs: plan.packs),
      randomEdits: plan.pairs.map { counts.randomEdits($0, request.pairs) },
      retokenized: plan.retokenization.map { _ in counts.retokenizedRecord }, pronouns: counts.pronouns,
      warnings: warnings(counts), outputs: outputs, trainer: try trainer(), evaluator: evaluator())
  }

  private func warnings(_ counts: WindowCounts) -> [String] {
    let length = counts.kept[LeftReason.length, default: 0]
    // The length is decided before the selection.
    let wanted = counts.edits + length + counts.kept[LeftReason.selection, default: 0]
    var warnings: [String] = []
    if length * 100 > wanted {
      warnings.append(
        "\(length) of \(wanted) edits were left out because they would change the number of tokens (length: aligned)")
    }
    if counts.unmatched * 100 > counts.standIns + counts.unmatched {
      warnings.append(
        "\(counts.unmatched) of \(counts.standIns + counts.unmatched) edits have no counterpart in the control: no word"
          + " of the table was left in their part of the sample")
    }
    if plan.retokenization != nil {
      warnings.append(
        "samples were decoded and encoded anew as a whole: \(counts.documentEndsDropped) document ends and"
          + " \(counts.tokensCut) tokens are lost, \(counts.paddingAdded) tokens of padding are added")
    }
    if plan.intervention.length == .pad {
      warnings.append("samples that became shorter are filled with <|padding|>, on which GPT-NeoX computes loss")
    }
    if !plan.packs.isEmpty && counts.edits == 0 { warnings.append("no edit was made: window and control are the same") }
    return warnings
  }

  /// Distinct documents that the window reads. A bit for each item of the base.
  func documentCount() throws -> Int {
    var seen = plan.datasets.map { [UInt64](repeating: 0, count: ($0.itemCount + 63) / 64) }
    for sequence in plan.sequences {
      try order.forEachSpan(ofSequence: sequence) { dataset, span in
        seen[dataset][span.item >> 6] |= 1 << UInt64(span.item & 63)
      }
    }
    return seen.joined().reduce(0) { $0 + $1.nonzeroBitCount }
  }

  func trainer() throws -> Manifest.Trainer {
    let names = try WindowIndexMaps(
      prefix: WindowFolder.windowPrefix, itemCount: plan.sequences.count, firstPosition: plan.sequences.lowerBound,
      run: plan.run
    ).names(.v1)
    return Manifest.Trainer(
      dataPrefix: WindowFolder.windowPrefix,
      controlPrefix: plan.file.emit.hasControl ? WindowFolder.controlPrefix : nil,
      indexMapPrefix: String(names.documentsPath.dropLast("_doc_idx.npy".count)), samplesInName: names.samples,
      resume: checkpoint(plan.window.steps.lowerBound), trainIterations: plan.run.trainIterations,
      batchSize: plan.run.batchSize, sequenceLength: plan.run.sequenceLength)
  }

  /// The checkpoints that training over the window saves, its start included.
  func evaluator() -> Manifest.Evaluator {
    let steps = plan.window.steps
    let every = plan.run.checkpointEvery ?? steps.count
    let multiples = stride(from: (steps.lowerBound / every + 1) * every, to: steps.upperBound, by: every)
    let iterations = [steps.lowerBound] + Array(multiples) + [steps.upperBound]
    return Manifest.Evaluator(
      name: plan.file.name, arm: isIntervention ? "intervention" : "control",
      control: isIntervention ? controlName : nil, checkpoints: iterations.map(checkpoint))
  }

  /// Whether the window can have other tokens than the base.
  private var isIntervention: Bool { !plan.packs.isEmpty || plan.retokenization != nil }

  private var controlName: String? {
    switch plan.file.emit.control {
    case .none: nil
    case .unedited: "control"
    case .randomEdits: "random-edits"
    }
  }

  /// Pythia's v0 models with batches of four million tokens are published under twice their iteration.
  private func checkpoint(_ iteration: Int) -> Manifest.Checkpoint {
    let factor = plan.file.order.preset == "pythia-v0-4m" ? 2 : 1
    return Manifest.Checkpoint(iteration: iteration, published: "step\(iteration * factor)")
  }

  // MARK: Files

  private func move(_ source: String, to target: String) throws {
    if FileSystem.exists(source) { return try FileSystem.rename(source, to: target) }
    guard FileSystem.exists(target) else {
      throw PipelineFailure(source, "it is gone. Remove the folder and run again.")
    }
  }

  private func output(_ path: String, _ role: Manifest.Output.Role) throws -> Manifest.Output {
    let full = files.path + "/" + path
    return Manifest.Output(
      path: path, role: role, bytes: try FileSystem.size(of: full), sha256: try SHA256.hash(file: full))
  }
}
