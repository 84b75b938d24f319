import ByteIO
import Glibc
import StructuredText
import Tokenization

/// Finds a tokenizer by name or path.
struct TokenizerSource {
  /// The GPT-NeoX-20B tokenizer, the same bytes as EleutherAI/pythia's `utils/20B_tokenizer.json`.
  private static let sha256Of20B = "56ac4821e129d2c520fdaba60abd920fa852ada51b45c0dd52bbb6bd8c985ade"

  private let name: String
  /// Where a pipeline file names it.
  private let place: SourcePlace?

  init(_ name: String, namedAt place: SourcePlace? = nil) { (self.name, self.place) = (name, place) }

  /// The one that a pipeline names, or 20B.
  init(_ file: PipelineFile) {
    self.init(file.retokenize?.tokenizer ?? "20B", namedAt: file.retokenize?.tokenizerPlace)
  }

  /// Where `20B` is looked for: beside the assets that `make setup` fetched, or in `TIRESIAS_ASSETS`.
  static var pathsOf20B: [String] {
    let assets = getenv("TIRESIAS_ASSETS").map { String(cString: $0) + "/tokenizer/20B_tokenizer.json" }
    return ["assets/20B_tokenizer.json"] + (assets.map { [$0] } ?? [])
  }

  /// The path of the file.
  func path() throws -> String {
    guard name == "20B" else {
      if let place, !FileSystem.exists(name) {
        throw YAMLFailure(place, "there is no tokenizer at '\(name)'; expected 20B, or the path of a tokenizer.json")
      }
      return name
    }
    guard let path = Self.pathsOf20B.first(where: { FileSystem.exists($0) }) else {
      throw PipelineFailure(
        "assets/20B_tokenizer.json",
        "the 20B tokenizer is not there. Run `make setup`, or set TIRESIAS_ASSETS, or name a file: --tokenizer PATH, or for"
          + " a pipeline --set retokenize.tokenizer=PATH")
    }
    return path
  }

  func load() throws -> (Tokenizer, Manifest.TokenizerRecord) {
    let path = try path()
    let bytes = try FileSystem.contents(of: path, limit: 1 << 28)
    let sha256 = SHA256.hash(bytes)
    guard name != "20B" || sha256 == Self.sha256Of20B else {
      throw PipelineFailure(
        path, "this is not the 20B tokenizer: its SHA-256 is \(sha256). Remove it and run `make setup`.")
    }
    let tokenizer = try Tokenizer(json: bytes, name: path)
    return (
      tokenizer,
      Manifest.TokenizerRecord(
        name: FileSystem.name(of: path), sha256: sha256, vocabularySize: tokenizer.vocabularySize)
    )
  }
}

/// Where the 20B tokenizer is.
public enum TokenizerLocation {
  /// Its path. Throws, with what to do, if it is not there or is another one.
  public static func checked() throws -> String {
    let source = TokenizerSource("20B")
    _ = try source.load()
    return try source.path()
  }
}

extension Manifest {
  /// The tokenizer of a run: the one that is given, or one of the usual places. Throws if it is not the run's.
  public func loadTokenizer(_ given: String? = nil) throws -> Tokenizer {
    guard let path = try given ?? tokenizer.path() else {
      throw PipelineFailure(
        tokenizer.name, "the run's tokenizer, SHA-256 \(tokenizer.sha256), is not at hand. Give it with --tokenizer.")
    }
    let bytes = try FileSystem.contents(of: path, limit: 1 << 28)
    let sha256 = SHA256.hash(bytes)
    guard sha256 == tokenizer.sha256 else {
      throw PipelineFailure(path, "its SHA-256 is \(sha256); the run's tokenizer has \(tokenizer.sha256)")
    }
    return try Tokenizer(json: bytes, name: path)
  }
}

extension Manifest.TokenizerRecord {
  /// Where a file with this hash is among the usual places.
  func path() throws -> String? {
    try TokenizerSource.pathsOf20B.first { try FileSystem.exists($0) && SHA256.hash(file: $0) == sha256 }
  }
}
