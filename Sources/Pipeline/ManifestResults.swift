// What came out.
extension Manifest {
  public struct Counts: Sendable, Equatable {
    public var sequences: Int
    public var sequencesChanged: Int
    /// Documents that have tokens in the window, each counted once.
    public var documents: Int
    public var tokens: Int
    public var tokensChanged: Int
    /// Matches of the rules, applied or not.
    public var candidates: Int
    public var edits: Int
    public var byRule: [RuleCount]
    /// Candidates left alone, by reason, in the order of the reasons' names.
    public var kept: [NamedCount]
    /// Edits that changed the number of tokens.
    public var lengthChanges: Int
    /// Edits whose branch was the rule's fallback.
    public var uncertain: Int
    /// Edits that fell off the end of their sample.
    public var cut: Int

    public init(
      sequences: Int, sequencesChanged: Int, documents: Int, tokens: Int, tokensChanged: Int, candidates: Int,
      edits: Int, byRule: [RuleCount], kept: [NamedCount], lengthChanges: Int, uncertain: Int, cut: Int
    ) {
      self.sequences = sequences
      self.sequencesChanged = sequencesChanged
      self.documents = documents
      self.tokens = tokens
      self.tokensChanged = tokensChanged
      self.candidates = candidates
      self.edits = edits
      self.byRule = byRule
      self.kept = kept
      self.lengthChanges = lengthChanges
      self.uncertain = uncertain
      self.cut = cut
    }
  }

  public struct RuleCount: Sendable, Equatable {
    public var stage: Int
    public var rule: String
    /// The choice that was taken; empty where the rule has none.
    public var branch: String
    public var edits: Int

    public init(stage: Int, rule: String, branch: String, edits: Int) {
      self.stage = stage
      self.rule = rule
      self.branch = branch
      self.edits = edits
    }
  }

  /// The edits of a matched control (`control: random-edits`).
  public struct RandomEdits: Sendable, Equatable {
    /// The table of pairs, its version and its file.
    public var pairs: String
    public var version: String
    public var files: [HashedFile]
    /// Edits of the window for which a word of the control was replaced, and those for which none was left.
    public var edits: Int
    public var unmatched: Int

    public init(pairs: String, version: String, files: [HashedFile], edits: Int, unmatched: Int) {
      self.pairs = pairs
      self.version = version
      self.files = files
      self.edits = edits
      self.unmatched = unmatched
    }
  }

  /// What became of samples whose whole text was encoded anew (`scope: sample`).
  public struct Retokenized: Sendable, Equatable {
    public var samples: Int
    /// Special tokens that were dropped, and how many of them ended a document.
    public var specialDropped: Int
    public var documentEndsDropped: Int
    public var paddingAdded: Int
    /// Tokens for which there was no room.
    public var tokensCut: Int

    public init(samples: Int, specialDropped: Int, documentEndsDropped: Int, paddingAdded: Int, tokensCut: Int) {
      self.samples = samples
      self.specialDropped = specialDropped
      self.documentEndsDropped = documentEndsDropped
      self.paddingAdded = paddingAdded
      self.tokensCut = tokensCut
    }
  }

  public struct NamedCount: Sendable, Equatable {
    public var name: String
    public var count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// The manipulation check: the window's pronouns before and after.
  public struct Pronouns: Sendable, Equatable {
    public var before: Census
    public var after: Census

    public init(before: Census, after: Census) {
      self.before = before
      self.after = after
    }
  }

  public struct Census: Sendable, Equatable {
    /// How often each word stands in the window, whatever its case.
    public var words: [NamedCount]
    /// Masculine among masculine and feminine ones; nil where there are neither.
    public var masculineShare: Double?

    public init(words: [NamedCount], masculineShare: Double?) {
      self.words = words
      self.masculineShare = masculineShare
    }
  }

  /// A file of the output folder.
  public struct Output: Sendable, Equatable {
    public enum Role: String, Sendable, CaseIterable {
      /// `.bin` and `.idx` of the intervened window and of the control.
      case window, windowIndex = "window-index", control, controlIndex = "control-index"
      case indexMap = "index-map"
      case edits
      /// A GPT-NeoX config, and what is for people: notes, card, report.
      case config, document
    }

    /// Relative to the manifest's folder.
    public var path: String
    public var role: Role
    public var bytes: Int
    /// Of the whole file: what `sha256sum` prints.
    public var sha256: String
    /// Of what a compressed file holds: it does not depend on zstd's version.
    public var uncompressedSHA256: String?
    /// Ranges of samples that can be checked alone.
    public var parts: [Part]

    public init(
      path: String, role: Role, bytes: Int, sha256: String, uncompressedSHA256: String? = nil, parts: [Part] = []
    ) {
      self.path = path
      self.role = role
      self.bytes = bytes
      self.sha256 = sha256
      self.uncompressedSHA256 = uncompressedSHA256
      self.parts = parts
    }
  }

  public struct Part: Sendable, Equatable {
    /// The index into the training order.
    public var firstSample: Int
    public var samples: Int
    public var sha256: String

    public init(firstSample: Int, samples: Int, sha256: String) {
      self.firstSample = firstSample
      self.samples = samples
      self.sha256 = sha256
    }
  }
}
