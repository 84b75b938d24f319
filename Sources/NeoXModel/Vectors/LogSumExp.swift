import Glibc

/// What is known of one row of logits after some of its columns: the log of the sum of exponentials, and the largest.
struct LogSumExp {
  private(set) var largest = -Float.infinity
  /// The column of the largest; of equal ones the first.
  private(set) var column = 0
  /// Of e^(logit - largest).
  private var sum = 0.0

  var value: Double { Double(largest) + log(sum) }

  /// Takes the next columns, in the order of the columns. `count` is a multiple of the lanes, or the rest is copied.
  @inline(__always)
  mutating func add(_ logits: UnsafePointer<Float>, _ count: Int, firstColumn: Int) {
    let tileLargest = Self.largest(logits, count)
    if tileLargest > largest {
      sum *= exp(Double(largest) - Double(tileLargest))
      largest = tileLargest
      for index in 0..<count where logits[index] == tileLargest {
        column = firstColumn + index
        break
      }
    }
    sum += Double(Self.exponentials(logits, count, largest))
  }

  @inline(__always)
  private static func largest(_ logits: UnsafePointer<Float>, _ count: Int) -> Float {
    let lanes = Lanes.scalarCount
    let whole = count / (2 * lanes) * (2 * lanes)
    var first = Lanes(repeating: -.infinity)
    var second = first
    for index in stride(from: 0, to: whole, by: 2 * lanes) {
      first = larger(load(logits + index), first)
      second = larger(load(logits + index + lanes), second)
    }
    var result = larger(first, second).largest
    for index in whole..<count { result = max(result, logits[index]) }
    return result
  }

  @inline(__always)
  private static func exponentials(_ logits: UnsafePointer<Float>, _ count: Int, _ largest: Float) -> Float {
    let lanes = Lanes.scalarCount
    let whole = count / lanes * lanes
    var sum = Lanes.zero
    for index in stride(from: 0, to: whole, by: lanes) { sum += exponential(load(logits + index) - largest) }
    if whole < count {
      var rest = Lanes(repeating: -.infinity)
      for index in whole..<count { rest[index - whole] = logits[index] }
      sum += exponential(rest - largest)
    }
    return sum.total
  }
}
