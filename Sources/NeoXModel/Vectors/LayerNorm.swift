/// (x - mean) / sqrt(variance + epsilon) · weight + bias, row by row.
struct LayerNorm: Sendable {
  let weight: AlignedMemory<Float>
  let bias: AlignedMemory<Float>
  let epsilon: Float

  func apply(_ rows: Int, from source: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>) {
    let width = weight.count
    for row in 0..<rows { normalise(source + row * width, result + row * width, width) }
  }

  /// One row. Sums in lanes: as exact as pairwise sums for the widths that models have.
  func normalise(_ x: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, _ width: Int) {
    let whole = width / Lanes.scalarCount * Lanes.scalarCount
    let mean = sum(x, whole, width) / Float(width)
    var squares = Lanes.zero
    for index in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let difference = load(x + index) - mean
      squares += difference * difference
    }
    var variance = squares.total
    for index in whole..<width { variance += (x[index] - mean) * (x[index] - mean) }
    let scale = 1 / (variance / Float(width) + epsilon).squareRoot()
    for index in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let value = (load(x + index) - mean) * scale * load(weight.pointer + index) + load(bias.pointer + index)
      store(value, result + index)
    }
    for index in whole..<width {
      result[index] = (x[index] - mean) * scale * weight.pointer[index] + bias.pointer[index]
    }
  }

  @inline(__always)
  private func sum(_ x: UnsafePointer<Float>, _ whole: Int, _ width: Int) -> Float {
    var lanes = Lanes.zero
    for index in stride(from: 0, to: whole, by: Lanes.scalarCount) { lanes += load(x + index) }
    var total = lanes.total
    for index in whole..<width { total += x[index] }
    return total
  }
}
