import Intervention

/// So many of any number of things, drawn evenly and the same every time: those whose places have the smallest keyed
/// hashes. Costs a hash for each that is passed over; memory for those that are kept.
public struct KeyedSample<Element> {
  private let count: Int
  private let seed: UInt64
  /// By hash, ascending.
  private var kept: [(hash: UInt64, order: Int, element: Element)] = []
  /// How many there were to draw from.
  public private(set) var seen = 0

  public init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// Offers what stands at a place (two numbers that no other has); it is made only if it is kept for now.
  public mutating func offer(_ first: Int, _ second: Int, _ make: () -> Element) {
    seen += 1
    let hash = KeyedHash.of(seed, UInt64(bitPattern: Int64(first)), UInt64(bitPattern: Int64(second)))
    guard kept.count < count || hash < kept.last?.hash ?? 0 else { return }
    var (low, high) = (0, kept.count)
    while low < high {
      let middle = (low + high) / 2
      if kept[middle].hash <= hash { low = middle + 1 } else { high = middle }
    }
    kept.insert((hash, seen, make()), at: low)
    if kept.count > count { kept.removeLast() }
  }

  /// What was drawn, in the order in which it came.
  public var elements: [Element] { kept.sorted { $0.order < $1.order }.map(\.element) }
}
