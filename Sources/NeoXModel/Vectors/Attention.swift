import CVectors

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
    tiresias_attend(headSize, query, store, rows.baseAddress, rows.count, weights, result)
  }
}
