/// Rows of numbers that are computed in 32 bits and then multiplied in the form of a precision.
final class Activations {
  let floats: UnsafeMutablePointer<Float>
  private let precision: Precision
  private let memory: AlignedMemory<Float>
  private let high: AlignedMemory<UInt16>?
  private let low: AlignedMemory<UInt16>?

  /// Room for `capacity` numbers.
  init(_ precision: Precision, capacity: Int) {
    self.precision = precision
    memory = AlignedMemory(count: capacity)
    floats = memory.pointer
    high = precision == .float32 ? nil : AlignedMemory(count: capacity)
    low = precision == .bfloat16x3 ? AlignedMemory(count: capacity) : nil
  }

  /// Makes the first numbers of ``floats`` ready for products.
  func prepare(_ count: Int) {
    guard let high = high?.pointer else { return }
    if let low = low?.pointer {
      BFloat16.split(count, floats, high: high, low: low)
    } else {
      BFloat16.round(count, floats, to: high)
    }
  }

  /// What products read: the numbers, or the more significant of their parts. A product that gives bfloat16 writes it.
  func factor(at index: Int) -> UnsafeMutableRawPointer {
    high.map { UnsafeMutableRawPointer($0.pointer + index) } ?? UnsafeMutableRawPointer(floats + index)
  }

  /// The less significant parts; nil where a precision has none.
  func remainder(at index: Int) -> UnsafeMutableRawPointer? {
    low.map { UnsafeMutableRawPointer($0.pointer + index) }
  }
}
