/// Numbers of any stored type as 32-bit floats, without loss. Hot: every weight goes through here.
extension StoredTensor {
  /// Writes the numbers from `start` on, as many as `result` holds. Both must lie within the tensor, whose type is read.
  func widen(from start: Int, into result: UnsafeMutableBufferPointer<Float>) {
    let source = UnsafeRawBufferPointer(rebasing: bytes[(start * (type?.size ?? 0))...])
    switch type {
    case .float32: widenFloat32(source, result)
    case .bfloat16: widenHalves(source, result, bfloat16ToFloat)
    case .float16: widenHalves(source, result, float16ToFloat)
    case nil: break
    }
  }

  private func widenFloat32(_ source: UnsafeRawBufferPointer, _ result: UnsafeMutableBufferPointer<Float>) {
    guard let from = source.baseAddress, let to = result.baseAddress else { return }
    UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: result.count * 4)
  }

  @inline(__always)
  private func widenHalves(
    _ source: UnsafeRawBufferPointer, _ result: UnsafeMutableBufferPointer<Float>,
    _ widened: (SIMD8<UInt16>) -> SIMD8<Float>
  ) {
    guard let from = source.baseAddress, let to = result.baseAddress else { return }
    let whole = result.count / 8 * 8
    for index in stride(from: 0, to: whole, by: 8) {
      let value = widened((from + index * 2).loadUnaligned(as: SIMD8<UInt16>.self))
      UnsafeMutableRawPointer(to + index).storeBytes(of: value, as: SIMD8<Float>.self)
    }
    for index in whole..<result.count {
      let half = (from + index * 2).loadUnaligned(as: UInt16.self)
      to[index] = widened(SIMD8(repeating: half))[0]
    }
  }
}

@inline(__always)
private func bfloat16ToFloat(_ halves: SIMD8<UInt16>) -> SIMD8<Float> {
  unsafeBitCast(SIMD8<UInt32>(truncatingIfNeeded: halves) &<< 16, to: SIMD8<Float>.self)
}

/// Moves sign, exponent and fraction into place, then multiplies with 2^112 for the difference of the exponents' biases:
/// exact, subnormal numbers included. An exponent of all ones (infinity or no number) needs its upper bits set.
@inline(__always)
private func float16ToFloat(_ halves: SIMD8<UInt16>) -> SIMD8<Float> {
  let bits = SIMD8<UInt32>(truncatingIfNeeded: halves)
  let magnitude = (bits & 0x7FFF) &<< 13
  let scaled = unsafeBitCast(magnitude, to: SIMD8<Float>.self) * Float(bitPattern: 0x7780_0000)
  // Adding one to an exponent of all ones, and to no other, carries into bit 28.
  let carry = ((magnitude & 0x0F80_0000) &+ 0x0080_0000) & 0x1000_0000
  let special = (carry &<< 3) &- (carry &>> 5)
  let result = unsafeBitCast(scaled, to: SIMD8<UInt32>.self) | special | (bits & 0x8000) &<< 16
  return unsafeBitCast(result, to: SIMD8<Float>.self)
}
