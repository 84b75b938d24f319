import TokenDataset

// What a run was made with and from.
extension Manifest {
  public struct Tool: Sendable, Equatable {
    public var name: String
    public var version: String
    /// The commit it was built from, or `unknown`.
    public var build: String

    public init(name: String, version: String, build: String) {
      self.name = name
      self.version = version
      self.build = build
    }
  }

  /// The pipeline file as it was run, every `--set` applied.
  public struct PipelineText: Sendable, Equatable {
    public var text: String
    public var sha256: String

    public init(text: String, sha256: String) {
      self.text = text
      self.sha256 = sha256
    }
  }

  /// A file and its SHA-256, in 64 lower-case hexadecimal digits.
  public struct HashedFile: Sendable, Equatable {
    public var path: String
    public var sha256: String

    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The rule pack of one `swap` stage, with every file that it was read from.
  public struct RulePackRecord: Sendable, Equatable {
    /// The stage's place in the pipeline, from 0.
    public var stage: Int
    public var pack: String
    public var version: String
    public var files: [HashedFile]

    public init(stage: Int, pack: String, version: String, files: [HashedFile]) {
      self.stage = stage
      self.pack = pack
      self.version = version
      self.files = files
    }
  }

  public struct TokenizerRecord: Sendable, Equatable {
    public var name: String
    public var sha256: String
    public var vocabularySize: Int

    public init(name: String, sha256: String, vocabularySize: Int) {
      self.name = name
      self.sha256 = sha256
      self.vocabularySize = vocabularySize
    }
  }

  /// The pinned table of letters, numbers, spaces and word breaks.
  public struct UnicodeRecord: Sendable, Equatable {
    /// Unicode's version, such as `15.0`.
    public var version: String
    public var sha256: String

    public init(version: String, sha256: String) {
      self.version = version
      self.sha256 = sha256
    }
  }

  /// Versions of the system's libraries whose output can differ between versions.
  public struct Libraries: Sendable, Equatable {
    public var icu: String
    public var zstd: String

    public init(icu: String, zstd: String) {
      self.icu = icu
      self.zstd = zstd
    }
  }

  /// The data that was intervened on.
  public struct Base: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable { case idxmap, pile, preshuffled }

    public var kind: Kind
    public var datasets: [Dataset]

    public init(kind: Kind, datasets: [Dataset]) {
      self.kind = kind
      self.datasets = datasets
    }
  }

  /// One idxmap of the base.
  public struct Dataset: Sendable, Equatable {
    /// The last component of its prefix: where it lies is the reader's affair.
    public var name: String
    public var weight: Double
    public var items: Int
    public var tokens: Int
    public var tokenType: TokenType
    public var idxSHA256: String
    /// The `.bin` file, or its shards in order.
    public var files: [SizedFile]
    /// SHA-256 of the sidecar with each document's subset and origin, where there is one.
    public var originSHA256: String?

    public init(
      name: String, weight: Double, items: Int, tokens: Int, tokenType: TokenType, idxSHA256: String,
      files: [SizedFile], originSHA256: String? = nil
    ) {
      self.name = name
      self.weight = weight
      self.items = items
      self.tokens = tokens
      self.tokenType = tokenType
      self.idxSHA256 = idxSHA256
      self.files = files
      self.originSHA256 = originSHA256
    }
  }

  public struct SizedFile: Sendable, Equatable {
    public var path: String
    public var bytes: Int

    public init(path: String, bytes: Int) {
      self.path = path
      self.bytes = bytes
    }
  }
}
