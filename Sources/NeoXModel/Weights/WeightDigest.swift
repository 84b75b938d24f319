import ByteIO

/// The hash of a model's weights, as values and not as bytes of files.
///
/// It is the SHA-256 over one line a tensor, in the order of the names' bytes: name, shape as `2x3`, and the SHA-256 of the
/// values as little-endian 32-bit floats in row order, joined by single spaces and ended by a line feed. The head is called
/// `embed_out.weight`; buffers that are ignored are left out.
enum WeightDigest {
  /// Throws where a weight is infinite or no number.
  static func hash(_ tensors: [String: StoredTensor], threads: Int) throws -> String {
    let named = tensors.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let digests = try Workers.map(0..<named.count, threads: threads) { try values(of: named[$0].value) }
    let whole = SHA256()
    for ((name, tensor), digest) in zip(named, digests) {
      let shape = tensor.shape.map(String.init).joined(separator: "x")
      Array("\(name) \(shape) \(digest)\n".utf8).withUnsafeBytes { whole.update($0) }
    }
    return whole.finish()
  }

  private static func values(of tensor: StoredTensor) throws -> String {
    let hash = SHA256()
    let block = AlignedMemory<Float>(count: min(1 << 16, max(1, tensor.count)))
    defer { withExtendedLifetime(block) { tensor.releasePages() } }
    for start in stride(from: 0, to: tensor.count, by: block.count) {
      let values = UnsafeMutableBufferPointer(start: block.pointer, count: min(block.count, tensor.count - start))
      tensor.widen(from: start, into: values)
      if !isFinite(values) { throw notFinite(tensor, start, values) }
      hash.update(UnsafeRawBufferPointer(values))
    }
    return hash.finish()
  }

  /// A finite number times zero is zero; every other is no number, and stays so in the sum.
  private static func isFinite(_ values: UnsafeMutableBufferPointer<Float>) -> Bool {
    guard let start = values.baseAddress else { return true }
    var sum = Lanes.zero
    let whole = values.count / Lanes.scalarCount * Lanes.scalarCount
    for index in stride(from: 0, to: whole, by: Lanes.scalarCount) { sum += load(start + index) * 0 }
    for index in whole..<values.count { sum[0] += values[index] * 0 }
    return sum == .zero
  }

  private static func notFinite(
    _ tensor: StoredTensor, _ start: Int, _ values: UnsafeMutableBufferPointer<Float>
  ) -> ModelFailure {
    let index = values.firstIndex { !$0.isFinite } ?? 0
    return ModelFailure(
      .tensor, tensor.file.path,
      "tensor '\(tensor.name)': number \(start + index) is \(values[index]). These weights cannot be scored.")
  }
}
