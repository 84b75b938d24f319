import CDNNL

/// One planned matrix product: a tile of ``Product/rows`` rows times packed weights. Many threads may run it at once.
final class Product: @unchecked Sendable {  // oneDNN's primitives have no state where scratch memory comes from outside
  /// Rows of every product. Fixed: with another number of rows oneDNN may sum in another order. Measured on Zen 5, 64 rows
  /// run at 240 GFLOP/s a core in fp32 and 470 in bf16, no slower than 512.
  static let rows = 64

  let shape: Shape
  private let product: OpaquePointer

  struct Shape: Hashable, Sendable {
    var inputs: Int
    var outputs: Int
    var isBFloat16 = false
    var givesBFloat16 = false
    var accumulates = false
    var hasBias = false
    var hasGELU = false
  }

  init(_ shape: Shape) throws {
    self.shape = shape
    var description = tiresias_product_shape(
      rows: Product.rows, inputs: shape.inputs, outputs: shape.outputs,
      is_bfloat16: shape.isBFloat16, gives_bfloat16: shape.givesBFloat16, accumulates: shape.accumulates,
      has_bias: shape.hasBias, has_gelu: shape.hasGELU)
    var product: OpaquePointer?
    try check(tiresias_product_new(&description, &product))
    self.product = product.unsafelyUnwrapped
  }

  deinit { tiresias_product_free(product) }

  var packedSize: Int { tiresias_product_packed_size(product) }
  var scratchSize: Int { tiresias_product_scratch_size(product) }
  /// What oneDNN calls the code that computes it.
  var kernel: String { String(cString: tiresias_product_kernel(product)) }

  /// Packs `outputs` rows of `inputs` weights.
  func pack(_ weights: UnsafePointer<Float>, to packed: UnsafeMutableRawPointer, on stream: ProductStream) throws {
    try check(tiresias_product_pack(product, stream.stream, weights, packed))
  }

  func run(
    _ source: UnsafeRawPointer, _ packed: UnsafeRawPointer, bias: UnsafePointer<Float>?,
    to result: UnsafeMutableRawPointer, on stream: ProductStream
  ) throws {
    try check(
      tiresias_product_run(
        product, stream.stream, source, packed, bias, result, stream.scratch(atLeast: scratchSize)))
  }
}

/// What one thread runs products on: oneDNN's stream and scratch memory.
final class ProductStream {
  fileprivate let stream: OpaquePointer
  private var scratch = AlignedMemory<UInt8>(count: 4096)

  init() throws {
    var stream: OpaquePointer?
    try check(tiresias_product_stream_new(&stream))
    self.stream = stream.unsafelyUnwrapped
  }

  deinit { tiresias_product_stream_free(stream) }

  fileprivate func scratch(atLeast size: Int) -> UnsafeMutableRawPointer {
    if scratch.count < size { scratch = AlignedMemory(count: size) }
    return UnsafeMutableRawPointer(scratch.pointer)
  }
}

/// Throws oneDNN's words for a failure.
private func check(_ reason: UnsafePointer<CChar>?) throws {
  guard let reason else { return }
  throw ModelFailure(.unsupported, "oneDNN \(productLibraryVersion)", "a matrix product: \(String(cString: reason))")
}

/// The library that computes matrix products, as far as this program has it.
public enum ProductLibrary {
  /// Why there is none, and what to do; nil where there is one.
  public static var missing: String? { tiresias_dnnl_missing().map { String(cString: $0) } }

  /// As `oneDNN 2.6.3 (commit), avx512_core_bf16`.
  public static var version: String { "oneDNN \(productLibraryVersion), \(productInstructionSet)" }
}

/// As `2.6.3 (commit)`.
let productLibraryVersion = String(cString: tiresias_dnnl_version())
/// The widest instruction set that the library uses on this processor.
let productInstructionSet = String(cString: tiresias_dnnl_instruction_set())
