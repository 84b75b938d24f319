/// Cuts one matrix into tiles and packs them.
struct WeightPacker: Sendable {
  let weights: StoredTensor
  let plan: Linear.Plan

  /// The tile of some outputs. Threads may call it at once, each with its own stream.
  func tile(_ range: Range<Int>, _ stream: ProductStream) throws -> Linear.Tile {
    let inputs = weights.shape[1]
    let values = AlignedMemory<Float>(count: range.count * inputs)
    let numbers = UnsafeMutableBufferPointer(start: values.pointer, count: values.count)
    weights.widen(from: range.lowerBound * inputs, into: numbers)
    let accumulates = plan.options.accumulates
    guard plan.precision == .bfloat16x3 else {
      let main = try pack(values, plan.mainShape(outputs: range.count), stream)
      return Linear.Tile(
        firstOutput: range.lowerBound, outputs: range.count, remainderProduct: nil, correction: nil, main: main)
    }
    let low = AlignedMemory<Float>(count: values.count)
    BFloat16.split(inPlace: numbers, low: low.pointer)
    let first = try pack(
      values, plan.shape(outputs: range.count, accumulates: accumulates, isLast: false), stream)
    let second = try pack(low, plan.shape(outputs: range.count, accumulates: true, isLast: false), stream)
    let main = PackedWeights(
      product: try Product(plan.mainShape(outputs: range.count)), memory: first.memory)
    return Linear.Tile(
      firstOutput: range.lowerBound, outputs: range.count, remainderProduct: first, correction: second, main: main)
  }

  private func pack(
    _ values: AlignedMemory<Float>, _ shape: Product.Shape, _ stream: ProductStream
  ) throws -> PackedWeights {
    let product = try Product(shape)
    let memory = AlignedMemory<UInt8>(count: product.packedSize)
    try product.pack(values.pointer, to: memory.pointer, on: stream)
    return PackedWeights(product: product, memory: memory)
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
