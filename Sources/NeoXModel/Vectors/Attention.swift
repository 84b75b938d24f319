/// Causal attention of one position: softmax(q·K) V over the rows of its past, itself included. Hot for long texts.
///
/// Every number depends on the rows in the order of their positions and on nothing else: not on where they are stored.
struct Attention: Sendable {
  let headCount: Int
  let headSize: Int

  /// - Parameters:
  ///   - query: one row of all heads, already scaled by headSize^-½.
  ///   - store: rows of `2 · headCount · headSize` numbers, for each head its key and its value.
  ///   - rows: which rows of `store` are the past, by position.
  ///   - weights: scratch for `rows.count` numbers, rounded up to full lanes.
  func attend(
    _ query: UnsafePointer<Float>, _ store: UnsafePointer<Float>, _ rows: UnsafeBufferPointer<Int32>,
    _ weights: UnsafeMutablePointer<Float>, to result: UnsafeMutablePointer<Float>
  ) {
    let width = 2 * headCount * headSize
    for head in 0..<headCount {
      let start = head * headSize
      let heads = store + 2 * start
      var largest = -Float.infinity
      for position in 0..<rows.count {
        let score = dot(query + start, heads + Int(rows[position]) * width)
        weights[position] = score
        largest = max(largest, score)
      }
      let scale = 1 / exponentials(weights, rows.count, largest)
      mix(heads + headSize, width, rows, weights, scale, to: result + start)
    }
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

  /// The values' sum by weight. A block of dimensions at a time stays in registers.
  @inline(__always)
  private func mix(
    _ values: UnsafePointer<Float>, _ width: Int, _ rows: UnsafeBufferPointer<Int32>,
    _ weights: UnsafePointer<Float>, _ scale: Float, to result: UnsafeMutablePointer<Float>
  ) {
    let lanes = Lanes.scalarCount
    let pairs = headSize / (2 * lanes) * (2 * lanes)
    for index in stride(from: 0, to: pairs, by: 2 * lanes) {
      var first = Lanes.zero
      var second = Lanes.zero
      for position in 0..<rows.count {
        let value = values + Int(rows[position]) * width + index
        first += load(value) * weights[position]
        second += load(value + lanes) * weights[position]
      }
      store(first * scale, result + index)
      store(second * scale, result + index + lanes)
    }
    for index in pairs..<headSize {
      var sum: Float = 0
      for position in 0..<rows.count { sum += values[Int(rows[position]) * width + index] * weights[position] }
      result[index] = sum * scale
    }
  }
}
