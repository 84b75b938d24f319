/// Cuts one matrix into tiles and packs them.
struct WeightPacker: Sendable {
  let weights: StoredTensor
  let precision: Precision
  let options: Linear.Options
  let hasBias: Bool

  /// The tile of some outputs. Threads may call it at once, each with its own stream.
  func tile(_ range: Range<Int>, _ stream: ProductStream) throws -> Linear.Tile {
    let inputs = weights.shape[1]
    let values = AlignedMemory<Float>(count: range.count * inputs)
    let numbers = UnsafeMutableBufferPointer(start: values.pointer, count: values.count)
    weights.widen(from: range.lowerBound * inputs, into: numbers)
    guard precision == .bfloat16x3 else {
      let main = try pack(values, range.count, accumulates: options.accumulates, isLast: true, stream)
      return Linear.Tile(
        firstOutput: range.lowerBound, outputs: range.count, remainderProduct: nil, correction: nil, main: main)
    }
    let low = AlignedMemory<Float>(count: values.count)
    BFloat16.split(inPlace: numbers, low: low.pointer)
    let first = try pack(values, range.count, accumulates: options.accumulates, isLast: false, stream)
    let second = try pack(low, range.count, accumulates: true, isLast: false, stream)
    let main = PackedWeights(
      product: try product(range.count, accumulates: true, isLast: true), memory: first.memory)
    return Linear.Tile(
      firstOutput: range.lowerBound, outputs: range.count, remainderProduct: first, correction: second, main: main)
  }

  private func pack(
    _ values: AlignedMemory<Float>, _ outputs: Int, accumulates: Bool, isLast: Bool, _ stream: ProductStream
  ) throws -> PackedWeights {
    let product = try product(outputs, accumulates: accumulates, isLast: isLast)
    let memory = AlignedMemory<UInt8>(count: product.packedSize)
    try product.pack(values.pointer, to: memory.pointer, on: stream)
    return PackedWeights(product: product, memory: memory)
  }

  /// Bias, GELU and rounding come with the last of the products that make up a result.
  private func product(_ outputs: Int, accumulates: Bool, isLast: Bool) throws -> Product {
    try Product(
      Product.Shape(
        inputs: weights.shape[1], outputs: outputs,
        isBFloat16: precision != .float32, givesBFloat16: options.givesBFloat16, accumulates: accumulates,
        hasBias: isLast && hasBias, hasGELU: isLast && options.hasGELU))
  }
}

extension StoredTensor {
  /// All numbers, copied.
  func floats() -> AlignedMemory<Float> {
    let result = AlignedMemory<Float>(count: count)
    widen(from: 0, into: UnsafeMutableBufferPointer(start: result.pointer, count: count))
    return result
  }
}
