/// A linear layer with packed weights: result = source · weightsᵀ + bias, and what its options add.
///
/// Its outputs are in one tile, whose result is a matrix, or in several, each of which gives a matrix of its own: oneDNN has
/// its fastest code for results without gaps between rows.
final class Linear: Sendable {
  struct Options: Sendable {
    /// Adds to what the result holds.
    var accumulates = false
    var hasGELU = false
    /// The result is bfloat16, ready for the next product.
    var givesBFloat16 = false
    /// Cuts the outputs into tiles whose weights stay in a core's cache while all rows pass by.
    var isTiled = false
  }

  /// What the products of a layer have in common.
  struct Plan: Sendable {
    let inputs: Int
    let precision: Precision
    let options: Options
    let hasBias: Bool

    /// Of the product with the factors themselves, which bias, GELU and rounding come with.
    func mainShape(outputs: Int) -> Product.Shape {
      shape(outputs: outputs, accumulates: options.accumulates || precision == .bfloat16x3, isLast: true)
    }

    func shape(outputs: Int, accumulates: Bool, isLast: Bool) -> Product.Shape {
      Product.Shape(
        inputs: inputs, outputs: outputs, isBFloat16: precision != .float32, givesBFloat16: options.givesBFloat16,
        accumulates: accumulates, hasBias: isLast && hasBias, hasGELU: isLast && options.hasGELU)
    }
  }

  let inputs: Int
  let outputs: Int
  let tiles: [Tile]
  private let bias: AlignedMemory<Float>?
  private let resultSize: Int

  /// Some of the outputs. In precisions of several parts the products of less significant ones come first, so that their sum
  /// is not rounded to the main product's places.
  struct Tile: Sendable {
    let firstOutput: Int
    let outputs: Int
    /// The rows' remainders · weights.
    let remainderProduct: PackedWeights?
    /// The rows' factors · the weights' remainders.
    let correction: PackedWeights?
    /// The rows' factors · weights.
    let main: PackedWeights
  }

  /// Packs weights of shape [outputs, inputs], and a bias of shape [outputs] if there is one.
  init(
    _ weights: StoredTensor, bias: StoredTensor? = nil, precision: Precision, options: Options = Options(),
    threads: Int
  ) throws {
    let outputs = weights.shape[0]
    let inputs = weights.shape[1]
    let packer = WeightPacker(
      weights: weights, plan: Plan(inputs: inputs, precision: precision, options: options, hasBias: bias != nil))
    let width = Self.tileWidth(inputs: inputs, outputs: outputs, options)
    tiles = try Workers.map(
      0..<(outputs + width - 1) / width, threads: threads, makeState: { try ProductStream() },
      { stream, index in try packer.tile(index * width..<min(outputs, (index + 1) * width), stream) })
    self.inputs = inputs
    self.outputs = outputs
    self.bias = bias.map { $0.floats() }
    resultSize = options.givesBFloat16 ? 2 : 4
    weights.releasePages()
  }

  /// Of the first tile, which no other is wider than. A tile's weights are a megabyte of floats, or 64 columns.
  private static func tileWidth(inputs: Int, outputs: Int, _ options: Options) -> Int {
    options.isTiled ? min(outputs, max(64, min(1024, (1 << 18) / inputs / 64 * 64))) : outputs
  }

  /// The kernel that computes most of a layer with such weights, which need not be packed for it.
  static func kernel(_ plan: Plan, outputs: Int) throws -> String {
    let width = tileWidth(inputs: plan.inputs, outputs: outputs, plan.options)
    return try Product(plan.mainShape(outputs: width)).kernel
  }
  /// The widest tile.
  var tileWidth: Int { tiles.map(\.outputs).max() ?? 0 }

  /// All outputs of the first `rows` rows, rounded up to full tiles of ``Product/rows``. The layer must not be tiled.
  func apply(
    rows: Int, to source: Activations, result: UnsafeMutableRawPointer, on stream: ProductStream
  ) throws {
    for row in stride(from: 0, to: rows, by: Product.rows) {
      try run(tiles[0], row: row, of: source, result: result + row * outputs * resultSize, on: stream)
    }
  }

  /// One tile's outputs of ``Product/rows`` rows from `row` on; `result` is where the first goes.
  func run(
    _ tile: Tile, row: Int, of source: Activations, result: UnsafeMutableRawPointer, on stream: ProductStream
  ) throws {
    let factor = source.factor(at: row * inputs)
    if let remainder = source.remainder(at: row * inputs) {
      try tile.remainderProduct?.run(remainder, bias: nil, to: result, on: stream)
    }
    try tile.correction?.run(factor, bias: nil, to: result, on: stream)
    try tile.main.run(factor, bias: bias.map { $0.pointer + tile.firstOutput }, to: result, on: stream)
  }
}

/// Weights in the order that their product wants.
struct PackedWeights: Sendable {
  let product: Product
  let memory: AlignedMemory<UInt8>

  fileprivate func run(
    _ source: UnsafeRawPointer, bias: UnsafePointer<Float>?, to result: UnsafeMutableRawPointer,
    on stream: ProductStream
  ) throws {
    try product.run(source, memory.pointer, bias: bias, to: result, on: stream)
  }
}
