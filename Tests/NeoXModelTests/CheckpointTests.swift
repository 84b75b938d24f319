import ByteIO
import Foundation
import NeoXModel
import TestSupport
import Testing

@Suite struct CheckpointTests {
  private func hash(_ model: RandomModel, as type: String = "F32", shards: Int = 1) throws -> String {
    let folder = TemporaryFolder()
    return try Checkpoint(folder: try model.write(folder, as: type, shards: shards), threads: 2).weightHash
  }

  /// What opening a folder says about a spoilt model.
  private func complaint(
    _ spoil: (inout RandomModel) throws -> Void = { _ in }, files: (TemporaryFolder) throws -> Void = { _ in },
    shards: Int = 1
  ) throws -> String {
    var model = RandomModel(seed: 1)
    try spoil(&model)
    let folder = TemporaryFolder()
    try model.write(folder, shards: shards)
    try files(folder)
    do {
      _ = try Checkpoint(folder: folder.path)
      return "nothing"
    } catch let failure as ModelFailure {
      return failure.description
    } catch let failure as IOFailure {
      return failure.description
    }
  }

  @Test func `the hash is of values: not of sharding, stored type or the head's name`() throws {
    let model = RandomModel(seed: 1)
    let plain = try hash(model)
    #expect(plain.count == 64)
    #expect(try hash(model, shards: 3) == plain)
    #expect(try hash(model, as: "BF16") == plain)
    var renamed = model
    renamed.tensors["lm_head.weight"] = renamed.tensors.removeValue(forKey: "embed_out.weight")
    #expect(try hash(renamed) == plain)
    var buffered = model
    for name in ["attention.bias", "attention.masked_bias", "attention.rotary_emb.inv_freq"] {
      buffered.tensors["gpt_neox.layers.1." + name] = RandomModel.Tensor(shape: [2], values: [1, .infinity])
    }
    #expect(try hash(buffered) == plain)
    var changed = model
    changed.tensors["gpt_neox.final_layer_norm.bias"]!.values[3] += 0.25
    #expect(try hash(changed) != plain)
    var swapped = model
    swapped.tensors["gpt_neox.layers.0.mlp.dense_4h_to_h.bias"] =
      model.tensors["gpt_neox.layers.1.mlp.dense_4h_to_h.bias"]
    #expect(try hash(swapped) != plain)
  }

  @Test func `scores are those of the weights, however they are stored`() throws {
    let model = RandomModel(seed: 2)
    let requests = ScorerTests.requests(model, count: 5, seed: 1)
    let scores = try [("F32", 1), ("BF16", 1), ("F32", 2)].map { type, shards in
      let folder = TemporaryFolder()
      let checkpoint = try Checkpoint(folder: try model.write(folder, as: type, shards: shards))
      return try Scorer(checkpoint: checkpoint, threads: 1).logLikelihoods(requests)
    }
    #expect(scores[1] == scores[0])
    #expect(scores[2] == scores[0])
  }

  @Test func `a tensor that is missing, too much or of the wrong shape is named`() throws {
    let name = "gpt_neox.layers.1.attention.dense.weight"
    #expect(try complaint { $0.tensors[name] = nil }.contains("tensor '\(name)' is missing"))
    #expect(try complaint { $0.tensors["embed_out.weight"] = nil }.contains("'embed_out.weight' is missing"))
    #expect(try complaint { $0.tensors["lora.weight"] = $0.tensors[name] }.contains("'lora.weight' is none that"))
    #expect(
      try complaint { $0.tensors[name]!.shape = [12, 48] }
        .contains("tensor '\(name)' has shape [12, 48]; config.json asks for [24, 24]"))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `a weight that is no finite number is named with its place`(_ value: Float) throws {
    let name = "gpt_neox.layers.0.mlp.dense_h_to_4h.weight"
    let said = try complaint { $0.tensors[name]!.values[77] = value }
    #expect(said.contains("tensor '\(name)': number 77 is \(value)"))
  }

  @Test func `other stored types are refused`() throws {
    let said = try complaint(files: { folder in
      let path = URL(filePath: folder.file("model.safetensors"))
      var data = try Data(contentsOf: path)
      // As long as the name of a type that is read: I32.
      while let range = data.range(of: Data("\"F32\"".utf8)) { data.replaceSubrange(range, with: Data("\"I32\"".utf8)) }
      try data.write(to: path)
    })
    #expect(said.contains("is stored as I32; only F16, BF16, F32 are read"))
  }

  @Test func `pickled weights are refused with the command that converts them`() throws {
    let said = try complaint(files: { folder in
      try FileManager.default.moveItem(
        atPath: folder.file("model.safetensors"), toPath: folder.file("pytorch_model.bin"))
    })
    #expect(said.contains("pytorch_model.bin: pickled weights are not read"))
    #expect(said.contains("save_pretrained"))
  }

  @Test func `an empty folder says what is missing`() {
    let folder = TemporaryFolder()
    #expect(throws: IOFailure.self) { try Checkpoint(folder: folder.path) }
    #expect(throws: IOFailure.self) { try Checkpoint(folder: folder.file("nowhere")) }
  }

  @Test func `an index must tell where every tensor is, and only that`() throws {
    func index(_ change: @escaping (inout [String: String]) -> Void) throws -> String {
      try complaint(
        files: { folder in
          let path = URL(filePath: folder.file("model.safetensors.index.json"))
          struct Index: Codable { var weight_map: [String: String] }
          var index = try JSONDecoder().decode(Index.self, from: Data(contentsOf: path))
          change(&index.weight_map)
          try JSONEncoder().encode(index).write(to: path)
        }, shards: 2)
    }
    let name = "gpt_neox.embed_in.weight"
    #expect(try index { _ in } == "nothing")
    #expect(try index { $0[name] = nil }.contains("'\(name)' of "))
    #expect(try index { $0["other"] = $0[name] }.contains("'other' should be in "))
    #expect(try index { $0[name] = "../model.safetensors" }.contains("is no name of a file in this folder"))
    #expect(try index { $0[name] = "absent.safetensors" }.contains("absent.safetensors: cannot open"))
  }
}
