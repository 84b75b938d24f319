import ArgumentParser
import ByteIO
import StructuredText
import TokenDataset
import TrainingOrder

/// `tiresias order check`: whether an index map is what it should be.
struct OrderCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a doc_idx, sample_idx or shuffle_idx file: permutation, type, order, offsets, or every element.",
    discussion: """
      Which array it is, and the order's numbers, are read from the file's name as GPT-NeoX writes it, or given. Alone, the \
      file's own sense is checked; with --dataset its documents and offsets too, and with the numbers every element against \
      the order as it would be built (half a minute and 3 GB for a Pile). Files that a copy left filled with zeros, or cut, \
      are recognised. Of a run with a split, --split says which documents belong to the file's part. Ends with 3 if something is wrong, after saying what.

        tiresias order check pile_0.87_deduped_text_document_train_0_indexmap_147164160ns_2048sl_1234s_shuffle_idx.npy \\
          --dataset pile_0.87_deduped_text_document
      """)

  @Argument(help: ArgumentHelp("The index map.", valueName: "file.npy"))
  var file: String
  @Option(help: "Which array it is: doc, sample or shuffle. The name says so otherwise.")
  var kind: IndexMapKind?
  @Option(help: "The data set that it belongs to.")
  var dataset: String?
  @Option(help: "Samples asked for (ns), where the name does not say.")
  var samples: Int?
  @Option(help: "Tokens of a sample, where the name does not say.")
  var sequenceLength: Int?
  @Option(help: "Seed of the order, where the name does not say.")
  var seed: UInt32?
  @Option(help: "Only these documents, A..<B (a part of a split).")
  var documents: String?
  @Option(help: "The run's split, as 969,30,1: only the documents of the file's part, which its name says, or --part.")
  var split: String?
  @Option(help: "The part of the split: train, valid or test.")
  var part: RunPart?
  @Option(help: "Whose types it should have: current, or v1.0. The name says so otherwise.")
  var naming: IndexMapNaming?
  @Flag(help: "Build nothing: only check the file against itself and the data.")
  var quick = false
  @Flag(help: "One JSON object instead of lines.")
  var json = false

  func validate() throws {
    guard kind != nil || IndexMapFileName(file) != nil else {
      throw ValidationError("'\(file)' does not end in _doc_idx.npy, _sample_idx.npy or _shuffle_idx.npy: give --kind.")
    }
    let given = [samples != nil, sequenceLength != nil, seed != nil].count { $0 }
    guard split == nil || dataset != nil && documents == nil else {
      throw ValidationError("--split needs a --dataset, and no --documents.")
    }
    guard part == nil || split != nil else { throw ValidationError("--part is of a --split.") }
    guard split == nil || part != nil || IndexMapFileName(file)?.part != nil else {
      throw ValidationError("The name of '\(file)' says no part of the split: give --part.")
    }
    guard given == 0 || dataset != nil else { throw ValidationError("The order's numbers need a --dataset.") }
    if let documents {
      do { _ = try Window.parse(documents) } catch { throw ValidationError("--documents: \(error)") }
    }
  }

  func run() throws {
    let named = IndexMapFileName(file)
    let data = try dataset.map { try TokenDataset(prefix: $0, access: .random) }
    let plan = quick ? nil : try data.flatMap { try self.plan($0, named?.numbers) }
    let check = try IndexMapCheck(
      file, kind: kind ?? named?.kind ?? .shuffle, dataset: data, plan: plan,
      naming: naming ?? named?.numbers?.naming ?? .current)
    if json { print(try Self.json(check)) } else { say(check, hasData: data != nil, isBuilt: plan != nil) }
    if !check.isSound { throw ExitCode(3) }
  }

  /// What would be built; nil where a number is missing.
  private func plan(_ dataset: TokenDataset, _ named: IndexMapFileName.Numbers?) throws -> IndexMapPlan? {
    guard let samples = samples ?? named?.samples, let length = sequenceLength ?? named?.sequenceLength,
      let seed = seed ?? named?.seed
    else { return nil }
    return try IndexMapPlan(
      dataset, documents: documents(of: dataset), samples: samples, sequenceLength: length, seed: seed)
  }

  private func documents(of dataset: TokenDataset) throws -> Range<Int>? {
    guard let split, let part = part ?? IndexMapFileName(file)?.part else { return try documents.map(Window.parse) }
    return try Split.documents(split, itemCount: dataset.itemCount, part: part)
  }

  private func say(_ check: IndexMapCheck, hasData: Bool, isBuilt: Bool) {
    for fault in check.faults { print("fault: \(fault)") }
    for finding in check.findings { print("ok: \(finding)") }
    if !hasData { print("not done: the comparison with its data; name them with --dataset") }
    if hasData && !isBuilt {
      print("not done: the comparison with the order as built; " + (quick ? "--quick" : "its numbers are not known"))
    }
    print("\(file): " + (check.isSound ? "sound" : "\(check.faults.count) faults"))
  }

  private static func json(_ check: IndexMapCheck) throws -> String {
    let value: JSONValue = .object([
      "file": .string(check.path), "kind": .string(check.kind.rawValue), "sound": .bool(check.isSound),
      "faults": .array(check.faults.map { .string($0) }), "findings": .array(check.findings.map { .string($0) }),
    ])
    return String(decoding: try value.serialized(), as: UTF8.self)
  }
}

extension IndexMapKind: ExpressibleByArgument {}
extension RunPart: ExpressibleByArgument {}
