import ByteIO
import StructuredText

/// Finds a folder's safetensors, one file or shards with an index, and gathers their tensors by name.
enum WeightFiles {
  static func tensors(in folder: String) throws -> [String: StoredTensor] {
    let single = folder + "/model.safetensors"
    if FileSystem.exists(single) { return try gather(try SafetensorsFile(single).tensors) }
    let index = folder + "/model.safetensors.index.json"
    if FileSystem.exists(index) { return try sharded(index, folder) }
    throw missing(folder)
  }

  private static func gather(_ tensors: [StoredTensor]) throws -> [String: StoredTensor] {
    Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func sharded(_ index: String, _ folder: String) throws -> [String: StoredTensor] {
    let places: [(key: String, file: String)]
    do {
      let root = try JSONNode.parse(FileSystem.contents(of: index, limit: 1 << 24), name: index)
      places = try root.member("weight_map").members().map { ($0.key, try $0.node.string()) }
    } catch let error as JSONFailure {
      throw ModelFailure(.format, index, at: error.offset, error.reason)
    }
    var shards: [String: [String: StoredTensor]] = [:]
    for name in Set(places.map(\.file)) { shards[name] = try shard(name, folder, index) }
    var tensors: [String: StoredTensor] = [:]
    for place in places {
      guard let tensor = shards[place.file]?.removeValue(forKey: place.key) else {
        throw ModelFailure(.tensor, index, "'\(place.key)' should be in '\(place.file)', and is not")
      }
      tensors[place.key] = tensor
    }
    for (file, rest) in shards {
      if let name = rest.keys.min() { throw ModelFailure(.tensor, index, "'\(name)' of '\(file)' is not in the index") }
    }
    return tensors
  }

  private static func shard(_ name: String, _ folder: String, _ index: String) throws -> [String: StoredTensor] {
    guard !name.isEmpty, name != "..", !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0) else {
      throw ModelFailure(.format, index, "'\(name)' is no name of a file in this folder")
    }
    return try gather(try SafetensorsFile(folder + "/" + name).tensors)
  }

  /// The failure of a folder without safetensors. Pickled weights can run code on loading: they are not read.
  private static func missing(_ folder: String) -> ModelFailure {
    let pickled = ["pytorch_model.bin", "pytorch_model.bin.index.json"].first { FileSystem.exists(folder + "/" + $0) }
    guard let pickled else {
      return ModelFailure(.format, folder, "there is no model.safetensors and no model.safetensors.index.json in it")
    }
    return ModelFailure(
      .format, folder + "/" + pickled,
      """
      pickled weights are not read, since they can run code. Convert them where you trust them: \
      python3 -c 'import sys, transformers as t; \
      t.AutoModelForCausalLM.from_pretrained(sys.argv[1], torch_dtype="auto").save_pretrained(sys.argv[2])' \
      '\(folder)' '\(folder)-safetensors'
      """)
  }
}
