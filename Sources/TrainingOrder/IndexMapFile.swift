import ByteIO
import TokenDataset

/// Which of the three arrays an index-map file holds.
public enum IndexMapKind: String, Sendable, CaseIterable {
  case documents = "doc"
  case samples = "sample"
  case shuffle

  /// The types that such an array can have.
  var elements: [NPYElement] {
    switch self {
    case .documents: [.int32]
    case .samples: [.int32, .int64]
    case .shuffle: [.uint32, .int64]
    }
  }

  var ending: String { "_\(rawValue)_idx.npy" }
}

/// What the name of an index-map file says: `PREFIX_NAME_indexmap_147164160ns_2048sl_1234s_shuffle_idx.npy`.
public struct IndexMapFileName: Sendable, Equatable {
  public let kind: IndexMapKind
  /// Nil where the file has a name of its own.
  public let numbers: Numbers?
  /// The part of the run's data, `train` of `train_0` and of `train`; nil where the name does not say.
  public let part: RunPart?

  public struct Numbers: Sendable, Equatable {
    public let samples: Int
    public let sequenceLength: Int
    public let seed: UInt32
    public let naming: IndexMapNaming

    public init(samples: Int, sequenceLength: Int, seed: UInt32, naming: IndexMapNaming) {
      self.samples = samples
      self.sequenceLength = sequenceLength
      self.seed = seed
      self.naming = naming
    }
  }

  /// Nil where the name does not end as one of the three does.
  public init?(_ path: String) {
    let name = FileSystem.name(of: path)
    guard let kind = IndexMapKind.allCases.first(where: { name.hasSuffix($0.ending.dropFirst()) }) else { return nil }
    self.kind = kind
    numbers = Self.numbers(Array(name.utf8.dropLast(kind.ending.utf8.count)))
    part = Self.part(name)
  }

  /// What stands before `_indexmap_`, without the number of a data set.
  private static func part(_ name: String) -> RunPart? {
    let fields = name.split(separator: "_")
    guard var place = fields.lastIndex(of: "indexmap"), place > 0 else { return nil }
    place -= 1
    if place > 0, fields[place].utf8.allSatisfy({ (0x30...0x39).contains($0) }) { place -= 1 }
    return RunPart(rawValue: String(fields[place]))
  }

  private static func numbers(_ stem: [UInt8]) -> Numbers? {
    let packed = Array(IndexMapNaming.current.suffix.utf8)
    let isCurrent = stem.suffix(packed.count).elementsEqual(packed)
    let fields = stem.dropLast(isCurrent ? packed.count : 0).split(separator: UInt8(ascii: "_")).suffix(4)
    guard fields.count == 4, fields.first?.elementsEqual("indexmap".utf8) == true else { return nil }
    let values = zip(fields.dropFirst(), ["ns", "sl", "s"]).map { field, unit in
      field.suffix(unit.utf8.count).elementsEqual(unit.utf8)
        ? Int(String(decoding: field.dropLast(unit.utf8.count), as: UTF8.self)) : nil
    }
    guard let samples = values[0], let length = values[1], let seed = values[2].flatMap(UInt32.init(exactly:)) else {
      return nil
    }
    return Numbers(samples: samples, sequenceLength: length, seed: seed, naming: isCurrent ? .current : .v1)
  }

  /// The file of another kind that belongs to the one at `path`.
  public static func sibling(of path: String, _ kind: IndexMapKind) -> String? {
    guard let own = IndexMapFileName(path)?.kind else { return nil }
    return String(path.dropLast(own.ending.count - 1)) + kind.ending.dropFirst()
  }
}
