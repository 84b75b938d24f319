/// A GPT-NeoX checkpoint as Hugging Face folders hold it: `config.json` and safetensors, mapped and not copied.
public final class Checkpoint: Sendable {
  public let folder: String
  public let configuration: Configuration
  /// SHA-256 over the values of all weights, in 64 lower-case hexadecimal digits. Equal weights have equal hashes, whatever
  /// the sharding, the order in the files, the name of the head and the type they are stored as.
  public let weightHash: String
  /// How the weights are stored, as safetensors names it: `F16`, `BF16` or `F32`; several are joined with `+`.
  public let storedType: String

  /// Opens a folder and checks all of it: every length and shape, and that every weight is a finite number. Reads all
  /// weights once.
  ///
  /// Throws ``ModelFailure``, which names the file and the tensor, or an `IOFailure`.
  public init(folder: String) throws {
    throw ModelFailure(.format, folder, "not read yet")
  }
}
