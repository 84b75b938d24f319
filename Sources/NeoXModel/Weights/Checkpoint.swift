import ByteIO

/// A GPT-NeoX checkpoint as Hugging Face folders hold it: `config.json` and safetensors, mapped and not copied.
public final class Checkpoint: Sendable {
  public let folder: String
  public let configuration: Configuration
  /// SHA-256 over the values of all weights, in 64 lower-case hexadecimal digits. Equal weights have equal hashes, whatever
  /// the sharding, the order in the files, the name of the head and the type they are stored as. See ``WeightDigest``.
  public let weightHash: String
  /// How the weights are stored, as safetensors names it: `F16`, `BF16` or `F32`; several are joined with `+`.
  public let storedType: String

  private let tensors: [String: StoredTensor]

  /// Opens a folder and checks all of it: every length and shape, and that every weight is a finite number. Reads all
  /// weights once, about 1 GB a second and thread.
  ///
  /// Throws ``ModelFailure``, which names the file and the tensor, or an `IOFailure`.
  public init(folder: String, threads: Int = 1) throws {
    self.folder = folder
    configuration = try Configuration.read(folder + "/config.json")
    tensors = try Self.checked(try WeightFiles.tensors(in: folder), configuration, folder)
    storedType = Set(tensors.values.map(\.typeName)).sorted().joined(separator: "+")
    weightHash = try WeightDigest.hash(tensors, threads: threads)
  }

  subscript(_ tensor: ModelTensor) -> StoredTensor { tensors[tensor.rawValue].unsafelyUnwrapped }
  subscript(_ tensor: LayerTensor, layer layer: Int) -> StoredTensor {
    tensors[tensor.name(layer: layer)].unsafelyUnwrapped
  }

  /// Exactly the tensors that the configuration asks for, each of its shape and of a type that is read.
  private static func checked(
    _ found: [String: StoredTensor], _ configuration: Configuration, _ folder: String
  ) throws -> [String: StoredTensor] {
    var rest = found.filter { !isIgnoredBuffer($0.key) }
    var result: [String: StoredTensor] = [:]
    func take(_ name: String, otherName: String? = nil, shape: [Int]) throws {
      guard let tensor = rest.removeValue(forKey: name) ?? otherName.flatMap({ rest.removeValue(forKey: $0) }) else {
        throw ModelFailure(.tensor, folder, "tensor '\(name)' is missing")
      }
      try tensor.require(shape: shape)
      result[name] = tensor
    }
    for layer in 0..<configuration.layerCount {
      for tensor in LayerTensor.allCases {
        try take(tensor.name(layer: layer), shape: tensor.shape(in: configuration))
      }
    }
    for tensor in ModelTensor.allCases {
      let isHead = tensor == .head
      if isHead && configuration.tiesEmbeddings {
        rest[ModelTensor.otherHeadName] = nil
        rest[tensor.rawValue] = result[ModelTensor.embedding.rawValue]
      }
      try take(
        tensor.rawValue, otherName: isHead ? ModelTensor.otherHeadName : nil,
        shape: tensor.shape(in: configuration))
    }
    if let name = rest.keys.min() {
      throw ModelFailure(.tensor, folder, "tensor '\(name)' is none that a GPT-NeoX of this config.json has")
    }
    return result
  }
}

extension StoredTensor {
  fileprivate func require(shape expected: [Int]) throws {
    guard shape == expected else {
      throw ModelFailure(.tensor, file.path, "tensor '\(name)' has shape \(shape); config.json asks for \(expected)")
    }
    guard type != nil else {
      let known = StoredType.allCases.map(\.rawValue).joined(separator: ", ")
      throw ModelFailure(.tensor, file.path, "tensor '\(name)' is stored as \(typeName); only \(known) are read")
    }
  }
}
