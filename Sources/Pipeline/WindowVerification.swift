import ByteIO
import Intervention
import StructuredText
import TokenDataset
import TrainingOrder

/// Checks a finished window against its manifest, and against its base where that is given.
public struct WindowVerification: Sendable {
  /// One thing that was looked at.
  public struct Check: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
      case passed
      case failed
      /// Not looked at, since what it needs was not given.
      case skipped
    }

    public let name: String
    public let outcome: Outcome
    public let detail: String
  }

  /// Which sequences are made again from the base.
  public enum Extent: Sendable, Equatable {
    case all
    case some(Int)
  }

  private let manifest: Manifest
  private let folder: String
  public var base: [String] = []
  public var extent = Extent.some(1000)
  public var seed: UInt64 = 0
  public var tokenizer: String?
  public var progress = Progress.Style.automatic

  public init(manifestPath: String) throws {
    manifest = try Manifest.load(manifestPath)
    folder = FileSystem.parent(of: manifestPath) ?? "."
  }

  /// Everything that can be checked, in order. Throws only where checking itself cannot go on.
  public func run() throws -> [Check] {
    if !base.isEmpty { try requireInputs() }
    var checks = try manifest.outputs.map(check)
    checks += try unlisted()
    checks += [structure(WindowFolder.windowPrefix)]
    if manifest.trainer.controlPrefix != nil { checks += [structure(WindowFolder.controlPrefix), try armsAgree()] }
    checks += try reading()
    return checks + (try derivation())
  }

  // MARK: Files

  private func check(_ output: Manifest.Output) throws -> Check {
    let path = folder + "/" + output.path
    guard FileSystem.exists(path) else { return failed(output.path, "the file is missing") }
    let size = try FileSystem.size(of: path)
    guard size == output.bytes else { return failed(output.path, "it has \(size) bytes, not \(output.bytes)") }
    let (badPart, sha256) = try output.parts.isEmpty ? (nil, SHA256.hash(file: path)) : hashes(output, path)
    if let badPart {
      return failed(output.path, "the part from sample \(badPart.firstSample) on is not the one in the manifest")
    }
    guard sha256 == output.sha256 else { return failed(output.path, "its SHA-256 is \(sha256), not \(output.sha256)") }
    if let expected = output.uncompressedSHA256 {
      let hash = SHA256()
      try EditLogReader.forEachPiece(path) { hash.update($0) }
      guard hash.finish() == expected else { return failed(output.path, "its uncompressed SHA-256 is another one") }
    }
    return Check(name: output.path, outcome: .passed, detail: "\(byteAmount(Double(size))), hash as recorded")
  }

  /// The first part that is not the one in the manifest, and the hash of the whole, from one reading.
  private func hashes(_ output: Manifest.Output, _ path: String) throws -> (badPart: Manifest.Part?, whole: String) {
    let file = try MappedFile(path, access: .sequential)
    let total = output.parts.reduce(0) { $0 + $1.samples }
    guard total > 0, file.bytes.count % total == 0 else { return (output.parts[0], "") }
    let sampleBytes = file.bytes.count / total
    let whole = SHA256()
    var start = 0
    for part in output.parts {
      let end = start + part.samples * sampleBytes
      let hash = SHA256()
      SHA256.update(hash, whole, UnsafeRawBufferPointer(rebasing: file.bytes[start..<end]))
      if hash.finish() != part.sha256 { return (part, "") }
      start = end
    }
    return (nil, whole.finish())
  }

  private func structure(_ prefix: String) -> Check {
    let name = prefix + " as a data set"
    do {
      let dataset = try TokenDataset(prefix: folder + "/" + prefix)
      let length = manifest.run.sequenceLength + 1
      guard dataset.itemCount == manifest.window.samples else {
        return failed(name, "it has \(dataset.itemCount) items, not \(manifest.window.samples)")
      }
      for item in 0..<dataset.itemCount where dataset.size(of: item) != length {
        return failed(name, "item \(item) has \(dataset.size(of: item)) tokens, not \(length)")
      }
      return Check(name: name, outcome: .passed, detail: "\(dataset.itemCount) items of \(length) tokens")
    } catch {
      return failed(name, "\(error)")
    }
  }

  /// Files that a window always has, and that the manifest passes over.
  private func unlisted() throws -> [Check] {
    let prefixes = [WindowFolder.windowPrefix] + (manifest.trainer.controlPrefix.map { [$0] } ?? [])
    let maps = try prefixes.flatMap { prefix in
      let maps = try WindowIndexMaps(
        prefix: prefix, itemCount: manifest.window.samples, firstPosition: manifest.window.firstSample,
        run: manifest.trainingRun())
      return try IndexMapNaming.allCases.flatMap { try maps.names($0).all }
    }
    let listed = Set(manifest.outputs.map(\.path))
    let files = prefixes.flatMap { [$0 + ".bin", $0 + ".idx"] } + maps + ["report.html", "README.md", "TRAINING.md"]
    return files.filter { !listed.contains($0) }.map { failed($0, "the manifest does not list it") }
  }

  // MARK: Window against control

  /// With `length: aligned`, window and control differ where the log says, and nowhere else.
  private func armsAgree() throws -> Check {
    let name = "window differs from control where the log says"
    if manifest.retokenized != nil {
      return Check(name: name, outcome: .skipped, detail: "samples were encoded anew as a whole")
    }
    guard manifest.length == .aligned else {
      return Check(name: name, outcome: .skipped, detail: "length is \(manifest.length.rawValue)")
    }
    let logs = manifest.outputs.filter { $0.role == .edits }.map { folder + "/" + $0.path }
    guard !logs.isEmpty else { return Check(name: name, outcome: .skipped, detail: "there is no edit log") }
    do {
      let comparison = try ArmComparison(
        window: TokenDataset(prefix: folder + "/" + WindowFolder.windowPrefix),
        control: TokenDataset(prefix: folder + "/" + WindowFolder.controlPrefix),
        firstSample: manifest.window.firstSample)
      if let difference = try comparison.firstDifference(logs) { return failed(name, difference) }
      return Check(name: name, outcome: .passed, detail: edits(comparison))
    } catch {
      return failed(name, "\(error)")
    }
  }

  private func edits(_ comparison: ArmComparison) -> String {
    manifest.randomEdits == nil
      ? "\(comparison.edits) edits" : "\(comparison.edits) edits, \(comparison.standIns) in the control"
  }

  // MARK: Reading as GPT-NeoX does

  private func reading() throws -> [Check] {
    let run = try manifest.trainingRun()
    let prefixes = [WindowFolder.windowPrefix] + (manifest.trainer.controlPrefix.map { [$0] } ?? [])
    return prefixes.map { prefix in
      let name = prefix + " through its index maps"
      do {
        try readThrough(prefix, run)
        return Check(name: name, outcome: .passed, detail: "items in their places, guarded outside")
      } catch {
        return failed(name, "\(error)")
      }
    }
  }

  /// Reads first, last and some samples in between by GPT-NeoX's rules, and one position outside the window.
  private func readThrough(_ prefix: String, _ run: TrainingRun) throws {
    let dataset = try TokenDataset(prefix: folder + "/" + prefix)
    let maps = try WindowIndexMaps(
      prefix: folder + "/" + prefix, itemCount: manifest.window.samples, firstPosition: manifest.window.firstSample,
      run: run)
    for naming in IndexMapNaming.allCases {
      let reader = try NeoXReader(maps.names(naming))
      for item in Set([0, manifest.window.samples / 2, manifest.window.samples - 1]) {
        guard try reader.tokens(ofSequence: manifest.window.firstSample + item) == dataset.tokens(of: item) else {
          throw PipelineFailure(prefix, "position \(manifest.window.firstSample + item) does not lead to item \(item)")
        }
      }
    }
  }

  // MARK: From the base again

  private func derivation() throws -> [Check] {
    let name = "samples made again from the base"
    guard !base.isEmpty else {
      return [Check(name: name, outcome: .skipped, detail: "give the base's prefix: --base PREFIX")]
    }
    do {
      let plan = try plan()
      if let difference = try WindowRequest(plan).difference(from: WindowRequest(manifest)) {
        return [failed(name, "what is here differs from the manifest in \(difference)")]
      }
      return try derive(plan, name)
    } catch let failure as IOFailure where failure.code != 0 {
      throw failure
    } catch {
      return [failed(name, "\(error)")]
    }
  }

  /// What is not at hand is no difference. Found out before anything is read.
  private func requireInputs() throws {
    for prefix in base { _ = try DataFiles(prefix: prefix) }
    if let tokenizer { _ = try FileSystem.size(of: tokenizer) }
    _ = try tokenizer ?? manifest.tokenizer.path() ?? TokenizerSource("20B").path()
  }

  private func plan() throws -> WindowPlan {
    let file = try PipelineFile.load("the manifest's pipeline", bytes: Array(manifest.pipeline.text.utf8))
    return try WindowPlan(file, base: base, folder: folder, tokenizer: tokenizer ?? manifest.tokenizer.path())
  }

  private func derive(_ plan: WindowPlan, _ name: String) throws -> [Check] {
    let order = try plan.order()
    let maker = try SampleMaker(plan, order, log: false)
    let window = try TokenDataset(prefix: folder + "/" + WindowFolder.windowPrefix)
    let control = try manifest.trainer.controlPrefix.map { try TokenDataset(prefix: folder + "/" + $0) }
    let items = chosenItems()
    var counts = WindowCounts()
    let progress = Progress("verify", total: items.count, unit: .items("sequences"), style: self.progress)
    for item in items {
      let sequence = plan.sequences.lowerBound + item
      try maker.make(sequence)
      if try maker.record.window != window.tokens(of: item) {
        return [failed(name, "sequence \(sequence) of the window")]
      }
      if let control, try maker.control != control.tokens(of: item) {
        return [failed(name, "sequence \(sequence) of the control")]
      }
      counts.add(maker.record)
      progress.advance(1)
    }
    progress.finish()
    let detail = "\(items.count) of \(manifest.window.samples) sequences"
    let finish = WindowFinish(
      plan: plan, request: try WindowRequest(plan), files: WindowFolder(path: folder), run: "", order: order,
      progress: .quiet)
    return [
      Check(name: name, outcome: .passed, detail: detail), try counted(counts, finish), try told(finish),
    ]
  }

  /// What the manifest tells those who train and score.
  private func told(_ finish: WindowFinish) throws -> Check {
    let name = "what the manifest tells trainer and evaluator"
    if try finish.trainer() != manifest.trainer { return failed(name, "trainer: it is another") }
    if finish.evaluator() != manifest.evaluator { return failed(name, "evaluator: it is another") }
    return Check(name: name, outcome: .passed, detail: "as the pipeline has it")
  }

  /// What the manifest counts, of all sequences or not at all.
  private func counted(_ counts: WindowCounts, _ finish: WindowFinish) throws -> Check {
    let name = "counts and pronouns of the manifest"
    guard counts.sequences == manifest.window.samples else {
      return Check(name: name, outcome: .skipped, detail: "they are of all sequences: --sequences all")
    }
    let found = counts.record(documents: try finish.documentCount(), packs: finish.plan.packs)
    let pairs = manifest.randomEdits.map { counts.randomEdits($0) }
    let retokenized = finish.plan.retokenization.map { _ in counts.retokenizedRecord }
    if found != manifest.counts { return failed(name, "counts: they are others") }
    if let pronouns = manifest.pronouns, counts.pronouns != pronouns {
      return failed(name, "pronouns: they are others")
    }
    if pairs != manifest.randomEdits { return failed(name, "random_edits: they are others") }
    if retokenized != manifest.retokenized { return failed(name, "retokenized: they are others") }
    return Check(name: name, outcome: .passed, detail: "\(found.edits) edits, as recorded")
  }

  private func chosenItems() -> [Int] {
    let total = manifest.window.samples
    guard case .some(let count) = extent, count < total else { return Array(0..<total) }
    var chosen = Set<Int>()
    var state = seed
    while chosen.count < count {
      state = SampleDraw.next(state)
      chosen.insert(Int(state % UInt64(total)))
    }
    return chosen.sorted()
  }

  private func failed(_ name: String, _ detail: String) -> Check { Check(name: name, outcome: .failed, detail: detail) }
}

/// Draws numbers for spot checks: SplitMix64 (Steele, Lea, Flood 2014).
enum SampleDraw {
  static func next(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
