import CVectors
import Glibc

/// What is known of one row of logits after some of its columns: the log of the sum of exponentials, and the largest.
struct LogSumExp {
  private(set) var largest = -Float.infinity
  /// The column of the largest; of equal ones the first.
  private(set) var column = 0
  /// Of e^(logit - largest).
  private var sum = 0.0

  var value: Double { Double(largest) + log(sum) }

  /// Takes the next columns, in the order of the columns. Hot: every number of every row of logits.
  @inline(__always)
  mutating func add(_ logits: UnsafePointer<Float>, _ count: Int, firstColumn: Int) {
    let tileLargest = tiresias_largest(logits, count)
    if tileLargest > largest {
      sum *= exp(Double(largest) - Double(tileLargest))
      largest = tileLargest
      for index in 0..<count where logits[index] == tileLargest {
        column = firstColumn + index
        break
      }
    }
    sum += Double(tiresias_sum_exponentials(logits, count, largest))
  }
}
