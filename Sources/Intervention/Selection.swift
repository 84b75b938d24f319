/// What is drawn when only a fraction of the edits is made.
public enum SelectionUnit: String, Sendable, CaseIterable {
  case sequence, document, occurrence

  /// The number that stands for the unit in the hash (design: 0, 1, 2).
  var code: UInt64 {
    switch self {
    case .sequence: 0
    case .document: 1
    case .occurrence: 2
    }
  }
}

/// Which of the proposed edits are made: a fraction of sequences, documents or occurrences.
///
/// A unit is kept if the keyed hash of its place is below `fraction · 2^64`. So a larger fraction contains every
/// smaller one with the same seed, and the decision needs nothing but the place.
public struct Selection: Sendable, Equatable {
  public let fraction: Fraction
  public let unit: SelectionUnit
  public let seed: UInt64

  public init(fraction: Fraction = .one, by unit: SelectionUnit = .sequence, seed: UInt64 = 0) {
    self.fraction = fraction
    self.unit = unit
    self.seed = seed
  }

  /// Whether an edit at this place is made.
  public func keeps(_ place: Place) -> Bool { fraction.contains(hash(of: place)) }

  /// False if no edit of a sample can be made, whatever is in it. `sequence` is the sample's index in the run.
  public func mayKeep(sequence: Int) -> Bool {
    guard unit == .sequence else { return true }
    return keeps(Place(sequence: UInt64(sequence), dataset: 0, item: 0, token: 0, byte: 0))
  }

  /// The hash that decides: unit, seed and keys folded one after the other through SplitMix64's finaliser.
  func hash(of place: Place) -> UInt64 {
    let hash = KeyedHash.mix(KeyedHash.mix(unit.code) ^ seed)
    return switch unit {
    case .sequence: KeyedHash.mix(hash ^ place.sequence)
    case .document: Self.fold(hash, place.dataset, place.item)
    case .occurrence: Self.fold(Self.fold(hash, place.dataset, place.item), place.token, place.byte)
    }
  }

  private static func fold(_ hash: UInt64, _ first: UInt64, _ second: UInt64) -> UInt64 {
    KeyedHash.mix(KeyedHash.mix(hash ^ first) ^ second)
  }

  /// Where an edit is, in all the terms a selection can ask for.
  public struct Place: Sendable, Equatable {
    /// Index of the sample in the run (into shuffle_idx).
    public var sequence: UInt64
    public var dataset: UInt64
    public var item: UInt64
    /// Offset in the item of the token that holds the match's first byte.
    public var token: UInt64
    /// Offset of the match's first byte in that token.
    public var byte: UInt64
  }
}

/// What keeps a sample at L+1 tokens when an edit has another token count than what it replaces.
public enum LengthPolicy: String, Sendable, CaseIterable {
  /// Such an edit is not made; all other tokens stay where they are.
  case aligned
  /// The stream shifts: the first L+1 tokens of the edited text, filled from what follows in the training order.
  case slide
  /// As slide, filled with the padding token.
  case pad
}
