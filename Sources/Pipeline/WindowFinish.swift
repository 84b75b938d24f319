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
  /// Of the data, where one run has written all of them; the files are read again where not.
  let hashes: DataHashes?
  let progress: Progress.Style

  func finish() throws -> Manifest {
    let records = try partRecords()
    var outputs: [Manifest.Output] = []
    for arm in arms { outputs += try finishArm(arm, records) }
    outputs += try finishLogs(records)
    var counts = WindowCounts()
    for record in records { counts += record.counts }
    var manifest = try manifest(outputs, counts)
    try writeDocuments(&manifest, report: try report(manifest, counts))
    try AtomicFile.replace(files.manifest, with: manifest.serialized())
    try files.removeUnfinished(parts: plan.partCount)
    return manifest
  }

  private func partRecords() throws -> [PartRecord] {
    try (0..<plan.partCount).map { part in
      guard let record = try PartRecord.read(files.partRecord(part)) else {
        throw PipelineFailure(files.partRecord(part), "the part is not done. Run the same command again.")
      }
      return record
    }
  }

  // MARK: Window and control

  private struct Arm {
    let prefix: String
    let data: Manifest.Output.Role
    let index: Manifest.Output.Role
    let sha256: @Sendable (PartRecord) -> String?
    /// Of all parts, if it is known.
    let whole: String?
  }

  private var arms: [Arm] {
    let window = Arm(
      prefix: WindowFolder.windowPrefix, data: .window, index: .windowIndex, sha256: { $0.windowSHA256 },
      whole: hashes?.window)
    let control = Arm(
      prefix: WindowFolder.controlPrefix, data: .control, index: .controlIndex, sha256: { $0.controlSHA256 },
      whole: hashes?.control)
    return plan.file.emit.hasControl ? [window, control] : [window]
  }

  private func finishArm(_ arm: Arm, _ records: [PartRecord]) throws -> [Manifest.Output] {
    let prefix = files.path + "/" + arm.prefix
    try move(files.unfinishedData(arm.prefix), to: prefix + ".bin")
    let parts = zip(0..<plan.partCount, records).map { part, record in
      let range = plan.sequences(ofPart: part)
      return Manifest.Part(firstSample: range.lowerBound, samples: range.count, sha256: arm.sha256(record) ?? "")
    }
    let sha256 = try arm.whole ?? checkedHash(of: prefix + ".bin", parts)
    let data = Manifest.Output(
      path: arm.prefix + ".bin", role: arm.data, bytes: plan.windowBytes, sha256: sha256, parts: parts)
    try TokenIndexWriter.write(
      prefix + ".idx", type: plan.tokenType, itemCount: plan.sequences.count, length: plan.sampleLength)
    let maps = try WindowIndexMaps(
      prefix: prefix, itemCount: plan.sequences.count, firstPosition: plan.sequences.lowerBound, run: plan.run
    ).write()
    return [data, try output(arm.prefix + ".idx", arm.index)] + (try indexMaps(maps))
  }

  /// The file's hash; each part is compared with its record on the way.
  private func checkedHash(of path: String, _ parts: [Manifest.Part]) throws -> String {
    let progress = Progress(
      "hash " + FileSystem.name(of: path), total: plan.windowBytes, unit: .bytes, style: self.progress)
    let file = try InputFile(path)
    let whole = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    for part in parts {
      let hash = SHA256()
      var rest = part.samples * plan.sampleLength * plan.tokenType.byteCount
      while rest > 0 {
        let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(rest, buffer.count)])
        let count = try file.read(into: piece)
        guard count > 0 else { throw PipelineFailure(path, "it ends early. Remove the folder and run again.") }
        whole.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        hash.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        rest -= count
        progress.advance(count, bytes: count)
      }
      guard hash.finish() == part.sha256 else {
        throw PipelineFailure(
          path,
          "sequences from \(part.firstSample) on are not what was written. Check the disk; remove the folder and run again."
        )
      }
    }
    return whole.finish()
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

  private func finishLogs(_ records: [PartRecord]) throws -> [Manifest.Output] {
    guard plan.file.emit.log == .edits else { return [] }
    try FileSystem.makeDirectory(files.path + "/edits")
    return try zip(0..<plan.partCount, records).map { part, record in
      let name = WindowFolder.log(part)
      try move(files.unfinishedLog(part), to: files.path + "/" + name)
      var output = try output(name, .edits)
      output.uncompressedSHA256 = record.logSHA256
      return output
    }
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
  private func documentCount() throws -> Int {
    var seen = plan.datasets.map { [UInt64](repeating: 0, count: ($0.itemCount + 63) / 64) }
    for sequence in plan.sequences {
      try order.forEachSpan(ofSequence: sequence) { dataset, span in
        seen[dataset][span.item >> 6] |= 1 << UInt64(span.item & 63)
      }
    }
    return seen.joined().reduce(0) { $0 + $1.nonzeroBitCount }
  }

  private func trainer() throws -> Manifest.Trainer {
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
  private func evaluator() -> Manifest.Evaluator {
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
