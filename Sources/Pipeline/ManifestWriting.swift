import StructuredText
import TokenDataset

extension Manifest {
  /// The manifest as JSON: the same manifest gives the same bytes.
  public func serialized() throws(JSONFailure) -> [UInt8] { try json.serialized(.pretty) }

  /// The manifest as a value, its keys in the order of `docs/formats.md`.
  public var json: JSONValue {
    var members: [JSONMember] = [
      JSONMember("manifest", .integer(Manifest.version)), JSONMember("tool", tool.json),
      JSONMember("name", .string(name)), JSONMember("description", .string(description)),
      JSONMember("pipeline", pipeline.json), JSONMember("rules", .array(rules.map(\.json))),
      JSONMember("tokenizer", tokenizer.json), JSONMember("unicode", unicode.json),
      JSONMember("libraries", libraries.json), JSONMember("base", base.json), JSONMember("run", run.json),
      JSONMember("window", window.json), JSONMember("selection", .array(selection.map(\.json))),
      JSONMember("length", .string(length.rawValue)), JSONMember("counts", counts.json),
    ]
    if let randomEdits { members.append(JSONMember("random_edits", randomEdits.json)) }
    if let retokenized { members.append(JSONMember("retokenized", retokenized.json)) }
    if let pronouns { members.append(JSONMember("pronouns", pronouns.json)) }
    members += [
      JSONMember("warnings", .array(warnings.map(JSONValue.string))),
      JSONMember("outputs", .array(outputs.map(\.json))), JSONMember("trainer", trainer.json),
      JSONMember("evaluator", evaluator.json),
    ]
    return .object(members)
  }
}

extension JSONValue {
  fileprivate static func integer(_ value: Int) -> JSONValue { .integer(Int64(value)) }
  fileprivate static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
  fileprivate static func counts(_ counts: [Manifest.NamedCount]) -> JSONValue {
    .object(counts.map { JSONMember($0.name, .integer($0.count)) })
  }

  /// This object with one more member, where there is a value for it.
  fileprivate func adding(_ key: String, _ value: JSONValue?) -> JSONValue {
    guard case .object(let members) = self, let value else { return self }
    return .object(members + [JSONMember(key, value)])
  }
}

extension Manifest.Tool {
  var json: JSONValue {
    ["name": .string(name), "version": .string(version), "build": .string(build)]
  }
}

extension Manifest.PipelineText {
  var json: JSONValue { ["text": .string(text), "sha256": .string(sha256)] }
}

extension Manifest.HashedFile {
  var json: JSONValue { ["path": .string(path), "sha256": .string(sha256)] }
}

extension Manifest.RulePackRecord {
  var json: JSONValue {
    [
      "stage": .integer(stage), "pack": .string(pack), "version": .string(version),
      "files": .array(files.map(\.json)),
    ]
  }
}

extension Manifest.TokenizerRecord {
  var json: JSONValue {
    ["name": .string(name), "sha256": .string(sha256), "vocabulary_size": .integer(vocabularySize)]
  }
}

extension Manifest.UnicodeRecord {
  var json: JSONValue { ["version": .string(version), "sha256": .string(sha256)] }
}

extension Manifest.Libraries {
  var json: JSONValue { ["icu": .string(icu), "zstd": .string(zstd)] }
}

extension Manifest.Base {
  var json: JSONValue {
    ["kind": .string(kind.rawValue), "datasets": .array(datasets.map(\.json))]
  }
}

extension Manifest.Dataset {
  var json: JSONValue {
    let files = files.map { ["path": .string($0.path), "bytes": .integer($0.bytes)] as JSONValue }
    let required: JSONValue = [
      "name": .string(name), "weight": .double(weight), "items": .integer(items), "tokens": .integer(tokens),
      "token_type": .string(tokenType.name), "idx_sha256": .string(idxSHA256), "files": .array(files),
    ]
    return required.adding("origin_sha256", originSHA256.map(JSONValue.string))
  }
}

extension Manifest.Run {
  var json: JSONValue {
    [
      "preset": .optional(preset), "train_iters": .integer(trainIterations), "batch_size": .integer(batchSize),
      "sequence_length": .integer(sequenceLength), "seed": .integer(seed),
      "checkpoint_every": .integer(checkpointEvery), "split": .optional(split),
    ]
  }
}

extension Manifest.WindowRecord {
  var json: JSONValue {
    [
      "first_step": .integer(firstStep), "end_step": .integer(endStep), "first_sample": .integer(firstSample),
      "samples": .integer(samples), "share": .double(share),
    ]
  }
}

extension Manifest.Selection {
  var json: JSONValue {
    ["stage": .integer(stage), "fraction": .string(fraction), "by": .string(by.rawValue), "seed": .integer(seed)]
  }
}

extension Manifest.Counts {
  fileprivate var json: JSONValue {
    [
      "sequences": .integer(sequences), "sequences_changed": .integer(sequencesChanged),
      "documents": .integer(documents), "tokens": .integer(tokens), "tokens_changed": .integer(tokensChanged),
      "candidates": .integer(candidates), "edits": .integer(edits), "by_rule": .array(byRule.map(\.json)),
      "kept": .counts(kept), "length_changes": .integer(lengthChanges), "uncertain": .integer(uncertain),
      "cut": .integer(cut),
    ]
  }
}

extension Manifest.RandomEdits {
  fileprivate var json: JSONValue {
    [
      "pairs": .string(pairs), "version": .string(version), "files": .array(files.map(\.json)),
      "edits": .integer(edits), "unmatched": .integer(unmatched),
    ]
  }
}

extension Manifest.Retokenized {
  fileprivate var json: JSONValue {
    [
      "samples": .integer(samples), "special_dropped": .integer(specialDropped),
      "document_ends_dropped": .integer(documentEndsDropped), "padding_added": .integer(paddingAdded),
      "tokens_cut": .integer(tokensCut),
    ]
  }
}

extension Manifest.RuleCount {
  fileprivate var json: JSONValue {
    ["stage": .integer(stage), "rule": .string(rule), "branch": .string(branch), "edits": .integer(edits)]
  }
}

extension Manifest.Pronouns {
  fileprivate var json: JSONValue { ["before": before.json, "after": after.json] }
}

extension Manifest.Census {
  fileprivate var json: JSONValue {
    ["words": .counts(words), "masculine_share": masculineShare.map(JSONValue.double) ?? .null]
  }
}

extension Manifest.Output {
  fileprivate var json: JSONValue {
    let required: JSONValue = [
      "path": .string(path), "role": .string(role.rawValue), "bytes": .integer(bytes), "sha256": .string(sha256),
    ]
    return required.adding("uncompressed_sha256", uncompressedSHA256.map(JSONValue.string))
      .adding("parts", parts.isEmpty ? nil : .array(parts.map(\.json)))
  }
}

extension Manifest.Part {
  fileprivate var json: JSONValue {
    ["first_sample": .integer(firstSample), "samples": .integer(samples), "sha256": .string(sha256)]
  }
}

extension Manifest.Trainer {
  fileprivate var json: JSONValue {
    [
      "data_prefix": .string(dataPrefix), "control_prefix": .optional(controlPrefix),
      "index_map_prefix": .string(indexMapPrefix), "namings": .array(namings.map { .string($0.rawValue) }),
      "samples_in_name": .integer(samplesInName), "resume": resume.json, "train_iters": .integer(trainIterations),
      "batch_size": .integer(batchSize), "sequence_length": .integer(sequenceLength),
    ]
  }
}

extension Manifest.Checkpoint {
  fileprivate var json: JSONValue { ["iteration": .integer(iteration), "published": .string(published)] }
}

extension Manifest.Evaluator {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "arm": .string(arm), "control": .optional(control),
      "checkpoints": .array(checkpoints.map(\.json)),
    ]
  }
}
