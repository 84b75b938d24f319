import CBytes

/// Eight sets of three bytes in a row that together hold all beginnings of words, and as little else as can be.
///
/// A byte is in a set if both its halves are, so that a set of letters of which only some stand together holds others, too.
struct BeginningSets {
  /// The halves of a byte that are in a set, a bit each.
  private struct Halves: Hashable {
    var low: UInt16 = 0
    var high: UInt16 = 0

    static let any = Halves(low: .max, high: .max)
    /// Together all bytes that are no ASCII letters.
    static let noLetters = [
      Halves(low: .max, high: 0xFF0F), Halves(low: 0x0001, high: 0x0050), Halves(low: 0xF800, high: 0x00A0),
    ]

    init(low: UInt16, high: UInt16) { (self.low, self.high) = (low, high) }

    /// One byte, or a letter in both cases.
    init(_ byte: UInt8) {
      low = 1 << (byte & 0x0F)
      high = 1 << (byte >> 4)
      if byte.isASCIILetter { high |= 1 << ((byte ^ 0x20) >> 4) }
    }

    var count: Int { low.nonzeroBitCount * high.nonzeroBitCount }

    func joined(_ other: Halves) -> Halves { Halves(low: low | other.low, high: high | other.high) }
  }

  private struct Beginning: Hashable {
    var bytes: [Halves]

    /// How many beginnings it holds.
    var count: Int { bytes.reduce(1) { $0 * $1.count } }

    func joined(_ other: Beginning) -> Beginning { Beginning(bytes: zip(bytes, other.bytes).map { $0.joined($1) }) }
  }

  private static let sets = 8
  /// More than these are first joined by their first bytes: joining looks at all pairs.
  private static let mostJoined = 64

  private(set) var table = tiresias_beginnings()

  /// `words` are not empty.
  init(_ words: [[UInt8]]) {
    var seen = Set<Beginning>()
    var beginnings = words.flatMap(Self.beginnings).filter { seen.insert($0).inserted }
    if beginnings.count > Self.mostJoined { beginnings = Self.joinedByFirstByte(beginnings) }
    while beginnings.count > Self.sets { Self.joinNearest(&beginnings) }
    for (set, beginning) in beginnings.enumerated() { add(beginning, 1 << UInt8(set)) }
  }

  /// A word of one or two bytes ends where no letter follows.
  private static func beginnings(of word: [UInt8]) -> [Beginning] {
    let front = word.prefix(3).map { Halves($0) }
    if front.count == 3 { return [Beginning(bytes: front)] }
    return Halves.noLetters.map { end in
      Beginning(bytes: Array((front + [end, .any]).prefix(3)))
    }
  }

  private static func joinedByFirstByte(_ beginnings: [Beginning]) -> [Beginning] {
    var places: [Halves: Int] = [:]
    var joined: [Beginning] = []
    for beginning in beginnings {
      if let place = places[beginning.bytes[0]] {
        joined[place] = joined[place].joined(beginning)
      } else {
        places[beginning.bytes[0]] = joined.count
        joined.append(beginning)
      }
    }
    return joined
  }

  /// Joins the two that hold least more together than alone.
  private static func joinNearest(_ beginnings: inout [Beginning]) {
    var nearest = (first: 0, second: 1, cost: Int.max)
    for second in beginnings.indices {
      for first in 0..<second {
        let (one, other) = (beginnings[first], beginnings[second])
        let cost = one.joined(other).count - one.count - other.count
        if cost < nearest.cost { nearest = (first, second, cost) }
      }
    }
    beginnings[nearest.first] = beginnings[nearest.first].joined(beginnings.remove(at: nearest.second))
  }

  private mutating func add(_ beginning: Beginning, _ set: UInt8) {
    withUnsafeMutableBytes(of: &table) { table in
      for (place, halves) in beginning.bytes.enumerated() {
        for half in 0..<16 {
          if halves.low >> half & 1 != 0 { table[place * 16 + half] |= set }
          if halves.high >> half & 1 != 0 { table[48 + place * 16 + half] |= set }
        }
      }
    }
  }
}
