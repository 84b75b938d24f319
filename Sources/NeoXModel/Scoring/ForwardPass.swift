import Glibc

/// One thread's way through the model: its buffers, and the layers' arithmetic.
final class ForwardPass {
  let model: PackedModel
  let stream: ProductStream
  private let rotary: Rotary
  private let attention: Attention
  /// The residual stream; after ``run(_:_:)`` the last layer's output.
  private let hidden: AlignedMemory<Float>
  /// Normalised rows, and what attention gives.
  let narrow: Activations
  /// Queries, keys and values together; the MLP's inner rows.
  private let wide: Activations
  private let queries: AlignedMemory<Float>
  private let attentionWeights: AlignedMemory<Float>

  /// Buffers for batches of `capacity` tokens and texts as long as the rotary positions.
  init(_ model: PackedModel, capacity: Int, rotary: Rotary) throws {
    let configuration = model.configuration
    let rows = (capacity + Product.rows - 1) / Product.rows * Product.rows
    let hiddenSize = configuration.hiddenSize
    self.model = model
    self.rotary = rotary
    stream = try ProductStream()
    attention = Attention(headCount: configuration.headCount, headSize: configuration.headSize)
    hidden = AlignedMemory(count: rows * hiddenSize)
    narrow = Activations(model.precision, capacity: rows * hiddenSize)
    wide = Activations(model.precision, capacity: rows * max(3 * hiddenSize, configuration.intermediateSize))
    queries = AlignedMemory(count: rows * hiddenSize)
    attentionWeights = AlignedMemory(count: rotary.positions + Lanes.scalarCount)
  }

  /// The last layer's output of one row, before the final norm.
  func output(_ row: Int) -> UnsafePointer<Float> {
    UnsafePointer(hidden.pointer + row * model.configuration.hiddenSize)
  }

  /// Takes a batch through all layers; its keys and values go to `store`.
  func run(_ batch: Batch, _ store: KeyValueStore) throws {
    embed(batch)
    for (index, layer) in model.layers.enumerated() {
      let rows = store.rows(of: index)
      normalise(batch.count, layer.inputNorm)
      try layer.queryKeyValue.apply(rows: batch.count, to: narrow, result: wide.floats, on: stream)
      distribute(batch, rows)
      if model.configuration.usesParallelResidual {
        // Both branches read the same residual stream: the MLP's part is added before attention's.
        try addMLP(batch.count, layer)
        try addAttention(batch, rows, layer)
      } else {
        try addAttention(batch, rows, layer)
        try addMLP(batch.count, layer)
      }
    }
  }

  private func embed(_ batch: Batch) {
    let size = model.configuration.hiddenSize
    for (row, token) in batch.tokens.enumerated() {
      let target = UnsafeMutableBufferPointer(start: hidden.pointer + row * size, count: size)
      model.embedding.widen(from: Int(token) * size, into: target)
    }
    // Rows that fill up the last tile: any finite numbers do.
    let padding = -batch.count & (Product.rows - 1)
    memset(hidden.pointer + batch.count * size, 0, padding * size * MemoryLayout<Float>.stride)
  }

  private func normalise(_ count: Int, _ norm: LayerNorm) {
    let rows = (count + Product.rows - 1) / Product.rows * Product.rows
    norm.apply(rows, from: hidden.pointer, to: narrow.floats)
    narrow.prepare(rows * model.configuration.hiddenSize)
  }

  /// Sorts what the first product of attention gives, for each head [query | key | value], and rotates it.
  private func distribute(_ batch: Batch, _ store: UnsafeMutablePointer<Float>) {
    let size = attention.headSize
    let hiddenSize = model.configuration.hiddenSize
    let scale = 1 / Float(size).squareRoot()
    for row in 0..<batch.count {
      let position = Int(batch.positions[row])
      let keysAndValues = store + (batch.firstRow + row) * 2 * hiddenSize
      let query = queries.pointer + row * hiddenSize
      for head in 0..<attention.headCount {
        let source = wide.floats + row * 3 * hiddenSize + head * 3 * size
        rotary.rotate(source, position: position)
        rotary.rotate(source + size, position: position)
        for index in 0..<size { query[head * size + index] = source[index] * scale }
        (keysAndValues + head * 2 * size).update(from: source + size, count: 2 * size)
      }
    }
  }

  private func addAttention(_ batch: Batch, _ store: UnsafePointer<Float>, _ layer: PackedModel.Layer) throws {
    let hiddenSize = model.configuration.hiddenSize
    batch.paths.withUnsafeBufferPointer { paths in
      for row in 0..<batch.count {
        let start = Int(batch.pathStarts[row])
        let past = UnsafeBufferPointer(rebasing: paths[start...start + Int(batch.positions[row])])
        attention.attend(
          queries.pointer + row * hiddenSize, store, past, attentionWeights.pointer,
          to: narrow.floats + row * hiddenSize)
      }
    }
    narrow.prepare(batch.count * hiddenSize)
    try layer.attentionOutput.apply(rows: batch.count, to: narrow, result: hidden.pointer, on: stream)
  }

  private func addMLP(_ count: Int, _ layer: PackedModel.Layer) throws {
    normalise(count, layer.postAttentionNorm)
    let inner = wide.factor(at: 0)
    if model.precision == .bfloat16 {
      try layer.expansion.apply(rows: count, to: narrow, result: inner, on: stream)
    } else {
      try layer.expansion.apply(rows: count, to: narrow, result: wide.floats, on: stream)
      wide.prepare((count + Product.rows - 1) / Product.rows * Product.rows * layer.expansion.outputs)
    }
    try layer.contraction.apply(rows: count, to: wide, result: hidden.pointer, on: stream)
  }
}
