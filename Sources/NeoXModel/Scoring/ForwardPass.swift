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
    attention = Attention(headSize: configuration.headSize)
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
      normalise(batch.count, layer.inputNorm)
      try layer.queryKeyValue.apply(rows: batch.count, to: narrow, result: wide.floats, on: stream)
      distribute(batch, store, index)
      if model.configuration.usesParallelResidual {
        // Both branches read the same residual stream: the MLP's part is added before attention's.
        try addMLP(batch.count, layer)
        try addAttention(batch, store, index)
      } else {
        try addAttention(batch, store, index)
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
  private func distribute(_ batch: Batch, _ store: KeyValueStore, _ layer: Int) {
    let size = attention.headSize
    let hiddenSize = model.configuration.hiddenSize
    let scale = 1 / Float(size).squareRoot()
    for head in 0..<model.configuration.headCount {
      let keysAndValues = store.rows(layer: layer, head: head) + batch.firstRow * 2 * size
      for row in 0..<batch.count {
        let source = wide.floats + row * 3 * hiddenSize + head * 3 * size
        let query = queries.pointer + row * hiddenSize + head * size
        rotary.rotate(source, position: Int(batch.positions[row]))
        rotary.rotate(source + size, position: Int(batch.positions[row]))
        for index in 0..<size { query[index] = source[index] * scale }
        (keysAndValues + row * 2 * size).update(from: source + size, count: 2 * size)
      }
    }
  }

  private func addAttention(_ batch: Batch, _ store: KeyValueStore, _ layer: Int) throws {
    let hiddenSize = model.configuration.hiddenSize
    batch.paths.withUnsafeBufferPointer { paths in
      for head in 0..<model.configuration.headCount {
        let keysAndValues = store.rows(layer: layer, head: head)
        let start = head * attention.headSize
        for row in 0..<batch.count {
          let first = Int(batch.pathStarts[row])
          let past = UnsafeBufferPointer(rebasing: paths[first...first + Int(batch.positions[row])])
          attention.attend(
            queries.pointer + row * hiddenSize + start, keysAndValues, past, attentionWeights.pointer,
            to: narrow.floats + row * hiddenSize + start)
        }
      }
    }
    narrow.prepare(batch.count * hiddenSize)
    try model.layers[layer].attentionOutput.apply(rows: batch.count, to: narrow, result: hidden.pointer, on: stream)
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
