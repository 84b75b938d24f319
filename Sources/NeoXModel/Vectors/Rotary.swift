import Glibc

/// Rotary positions on the first dimensions of each head: x·cos + rotate_half(x)·sin, where rotate_half(x) = (-x₂, x₁) on
/// halves (Su et al. 2021, as GPT-NeoX computes it).
struct Rotary: Sendable {
  /// Angle per position, one for each pair of dimensions.
  private let frequencies: [Float]
  /// Positions below this can be rotated.
  let positions: Int
  /// Cosines, then sines, a row a position.
  private let table: AlignedMemory<Float>

  init(dimensions: Int, base: Double, positions: Int) {
    // The reference takes powers and angles in 32 bits: so does this.
    let base = Float(base)
    self.positions = positions
    frequencies = (0..<dimensions / 2).map { 1 / pow(base, Float(2 * $0) / Float(dimensions)) }
    table = AlignedMemory(count: positions * dimensions)
    for position in 0..<positions {
      let row = table.pointer + position * dimensions
      for (index, frequency) in frequencies.enumerated() {
        let angle = Double(Float(position) * frequency)
        row[index] = Float(cos(angle))
        row[frequencies.count + index] = Float(sin(angle))
      }
    }
  }

  /// Rotates one head's query or key in place.
  @inline(__always)
  func rotate(_ head: UnsafeMutablePointer<Float>, position: Int) {
    let half = frequencies.count
    let cosines = table.pointer + position * half * 2
    let sines = cosines + half
    for index in 0..<half {
      let first = head[index]
      let second = head[half + index]
      head[index] = first * cosines[index] - second * sines[index]
      head[half + index] = second * cosines[index] + first * sines[index]
    }
  }
}
