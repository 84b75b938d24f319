/// Causal attention of one position: softmax(q·K) V over the rows of its past, itself included. Hot for long texts.
///
/// Every number depends on the rows in the order of their positions and on nothing else: not on where they are stored.
struct Attention: Sendable {
  let headSize: Int

  /// One head of one position.
  ///
  /// - Parameters:
  ///   - query: the head's query, already scaled by headSize^-½.
  ///   - store: the head's rows: key and value of a position after each other.
  ///   - rows: which rows of `store` are the past, by position.
  ///   - weights: scratch for `rows.count` numbers, rounded up to full lanes.
  func attend(
    _ query: UnsafePointer<Float>, _ store: UnsafePointer<Float>, _ rows: UnsafeBufferPointer<Int32>,
    _ weights: UnsafeMutablePointer<Float>, to result: UnsafeMutablePointer<Float>
  ) {
    var largest = -Float.infinity
    for position in 0..<rows.count {
      let score = dot(query, store + Int(rows[position]) * 2 * headSize)
      weights[position] = score
      largest = max(largest, score)
    }
    let scale = 1 / exponentials(weights, rows.count, largest)
    mix(store + headSize, rows, weights, scale, to: result)
  }

  @inline(__always)
  private func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
    var lanes = Lanes.zero
    let whole = headSize / Lanes.scalarCount * Lanes.scalarCount
    for index in stride(from: 0, to: whole, by: Lanes.scalarCount) { lanes += load(a + index) * load(b + index) }
    var sum = lanes.total
    for index in whole..<headSize { sum += a[index] * b[index] }
    return sum
  }

  /// Replaces scores by e^(score - largest), and returns their sum.
  @inline(__always)
  private func exponentials(_ weights: UnsafeMutablePointer<Float>, _ count: Int, _ largest: Float) -> Float {
    let padded = (count + Lanes.scalarCount - 1) / Lanes.scalarCount * Lanes.scalarCount
    for index in count..<padded { weights[index] = -.infinity }
    var sum = Lanes.zero
    for index in stride(from: 0, to: padded, by: Lanes.scalarCount) {
      let value = exponential(load(weights + index) - largest)
      store(value, weights + index)
      sum += value
    }
    return sum.total
  }

  /// The values' sum by weight. Four blocks of dimensions at a time, so that sums need not wait for each other.
  @inline(__always)
  private func mix(
    _ values: UnsafePointer<Float>, _ rows: UnsafeBufferPointer<Int32>, _ weights: UnsafePointer<Float>, _ scale: Float,
    to result: UnsafeMutablePointer<Float>
  ) {
    let lanes = Lanes.scalarCount
    let blocks = headSize / (4 * lanes) * (4 * lanes)
    for index in stride(from: 0, to: blocks, by: 4 * lanes) {
      var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for position in 0..<rows.count {
        let value = values + (Int(rows[position]) * 2 * headSize + index)
        let weight = weights[position]
        a += load(value) * weight
        b += load(value + lanes) * weight
        c += load(value + 2 * lanes) * weight
        d += load(value + 3 * lanes) * weight
      }
      store(a * scale, result + index)
      store(b * scale, result + (index + lanes))
      store(c * scale, result + (index + 2 * lanes))
      store(d * scale, result + (index + 3 * lanes))
    }
    for index in blocks..<headSize {
      var sum: Float = 0
      for position in 0..<rows.count { sum += values[Int(rows[position]) * 2 * headSize + index] * weights[position] }
      result[index] = sum * scale
    }
  }
}
