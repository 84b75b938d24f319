import CVectors
import Foundation
import TestSupport
import Testing

@testable import NeoXModel

@Suite struct VectorTests {
  @Test func `every half-precision number is widened exactly`() throws {
    for type in ["F16", "BF16"] {
      let values = (0...UInt16.max).map {
        type == "F16" ? Float(Float16(bitPattern: $0)) : Float(bitPattern: UInt32($0) << 16)
      }
      let folder = TemporaryFolder()
      // An odd number of bytes before the data, and a number that fills no lanes at the end.
      let shape = "{\"t\": {\"dtype\": \"\(type)\", \"shape\": [65537], \"data_offsets\": [0, 131074]}} "
      let header = shape.utf8.count % 2 == 0 ? shape + " " : shape
      var body = Data((0...UInt16.max).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
      body.append(contentsOf: [0, 0x3C])
      try Safetensors.file(header: Data(header.utf8), body: body).write(to: URL(filePath: folder.file("t")))
      let tensor = try SafetensorsFile(folder.file("t")).tensors[0]
      let widened = tensor.floats()
      for (index, value) in values.enumerated() where !value.isNaN {
        #expect(widened.pointer[index].bitPattern == value.bitPattern)
      }
      #expect(values.indices.allSatisfy { values[$0].isNaN == widened.pointer[$0].isNaN })
      #expect(widened.pointer[65536] == (type == "F16" ? 1 : Float(bitPattern: 0x3C00_0000)))
    }
  }

  /// e^x, as one of many.
  static func exponential(_ x: Float) -> Float {
    var values = [Float](repeating: x, count: 24)
    _ = tiresias_exponentials(&values, values.count, 0)
    #expect(values.allSatisfy { $0.bitPattern == values[0].bitPattern })
    return values[19]
  }

  /// The same steps one by one, in registers that every processor of the kind has.
  static func plainExponential(_ x: Float) -> Float {
    let exponent = -126 > x * 1.442_695_04 ? -126 : x * 1.442_695_04
    let shifted = exponent + 12_582_912
    let f = exponent - (shifted - 12_582_912)
    var p = f * 1.326_472_7e-3 + 9.671_513e-3
    for factor in [5.550_733_6e-2, 0.240_222_42, 0.693_147, 1] as [Float] { p = p * f + factor }
    return Float(bitPattern: p.bitPattern &+ shifted.bitPattern &<< 23)
  }

  static func plainTotal(_ lanes: [Float]) -> Float {
    let four = (0..<4).map { lanes[$0] + lanes[$0 + 4] }
    return (four[0] + four[2]) + (four[1] + four[3])
  }

  @Test(arguments: [1, 5, 8, 9, 16, 23, 24, 64, 1000, 1021])
  func `wide registers give the bits of the plain steps`(_ count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var values = (0..<count).map { _ in Float.random(in: -90...0, using: &random) }
    values[count / 2] = 0
    var lanes = [Float](repeating: 0, count: 8)
    for start in stride(from: 0, to: count, by: 8) {
      for lane in 0..<8 {
        lanes[lane] += Self.plainExponential(start + lane < count ? values[start + lane] - 0 : -.infinity)
      }
    }
    #expect(tiresias_sum_exponentials(values, count, 0).bitPattern == Self.plainTotal(lanes).bitPattern)
    var padded = values + [Float](repeating: 7, count: 8)
    #expect(tiresias_exponentials(&padded, count, 0).bitPattern == Self.plainTotal(lanes).bitPattern)
    #expect(zip(padded, values).allSatisfy { $0.bitPattern == Self.plainExponential($1).bitPattern })
    #expect(tiresias_largest(values, count) == values.max())
  }

  @Test(arguments: [1, 8, 20, 32, 64, 72, 128])
  func `attention is that of the plain steps, bit for bit`(_ size: Int) {
    var random = SeededGenerator(seed: UInt64(size))
    let rows: [Int32] = [4, 0, 7, 2, 2, 9, 1, 3, 8, 5, 6]
    let query = (0..<size).map { _ in Float.random(in: -1...1, using: &random) }
    let store = (0..<10 * 2 * size).map { _ in Float.random(in: -1...1, using: &random) }
    var (weights, result) = ([Float](repeating: 0, count: 16), [Float](repeating: 0, count: size))
    tiresias_attend(size, query, store, rows, rows.count, &weights, &result)
    let scores = rows.map { row -> Float in
      var lanes = [Float](repeating: 0, count: 8)
      let whole = size / 8 * 8
      for index in 0..<whole { lanes[index % 8] += query[index] * store[Int(row) * 2 * size + index] }
      return (whole..<size).reduce(Self.plainTotal(lanes)) { $0 + query[$1] * store[Int(row) * 2 * size + $1] }
    }
    let powers = scores.map { Self.plainExponential($0 - scores.max()!) }
    var lanes = [Float](repeating: 0, count: 8)
    for index in 0..<16 { lanes[index % 8] += index < powers.count ? powers[index] : Self.plainExponential(-.infinity) }
    let scale = 1 / Self.plainTotal(lanes)
    for index in 0..<size {
      var sum: Float = 0
      for (row, power) in zip(rows, powers) { sum += store[Int(row) * 2 * size + size + index] * power }
      #expect((sum * scale).bitPattern == result[index].bitPattern)
    }
  }

  @Test func `the exponential is as exact as a sum beside 1 needs`() {
    for step in 0...4000 {
      let x = Float(step) * -0.0217
      let value = Double(Self.exponential(x))
      let expected = exp(Double(x))
      #expect(abs(value - expected) <= 3e-7 * expected * max(1, Double(-x)))
    }
    #expect(Self.exponential(0) == 1)
    for far in [-87.5, -1e30, -Float.infinity] { #expect(Self.exponential(far) < 2e-38) }
    #expect(Self.exponential(.nan).isNaN)
  }

  @Test func `rounding to bfloat16 goes to the nearest, ties to even, and two parts hold 16 bits`() {
    var random = SeededGenerator(seed: 1)
    let values = (0..<1003).map { _ in Float(bitPattern: UInt32.random(in: 0...0x7F00_0000, using: &random)) }
    var high = [UInt16](repeating: 0, count: values.count)
    var low = high
    BFloat16.split(values.count, values, high: &high, low: &low)
    var rounded = high
    BFloat16.round(values.count, values, to: &rounded)
    #expect(rounded == high)
    for (index, value) in values.enumerated() {
      let upper = Float(bitPattern: UInt32(high[index]) << 16)
      let below = Float(bitPattern: UInt32(high[index] - 1) << 16)
      let above = Float(bitPattern: UInt32(high[index] + 1) << 16)
      #expect(abs(value - upper) <= min(abs(value - below), abs(above - value)))
      let sum = upper + Float(bitPattern: UInt32(low[index]) << 16)
      #expect(abs(value - sum) <= max(abs(value) / 65536, 1e-38))
    }
    var tie: [UInt16] = [0, 0]
    BFloat16.round(2, [Float(bitPattern: 0x3F80_8000), Float(bitPattern: 0x3F81_8000)], to: &tie)
    #expect(tie == [0x3F80, 0x3F82])
  }

  @Test(arguments: [1, 7, 8, 15, 16, 17, 200]) func `log-sum-exp by tiles equals the sum in double`(_ count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let logits = (0..<count).map { _ in Float.random(in: -30...30, using: &random) }
    for tile in [1, 3, 8, 64, 1000] {
      var row = LogSumExp()
      for start in stride(from: 0, to: count, by: tile) {
        Array(logits[start..<min(count, start + tile)]).withUnsafeBufferPointer {
          row.add($0.baseAddress!, $0.count, firstColumn: start)
        }
      }
      #expect(abs(row.value - log(logits.reduce(0) { $0 + exp(Double($1)) })) < 1e-6)
      #expect(logits[row.column] == logits.max())
    }
  }

  @Test func `the first of equal logits is the largest, over tiles too`() {
    var row = LogSumExp()
    row.add([1, 5, 5, 2], 4, firstColumn: 0)
    row.add([5, 1, 5, 0], 4, firstColumn: 4)
    #expect(row.column == 1)
    row.add([5, 6, 6, 0], 4, firstColumn: 8)
    #expect(row.column == 9)
  }
}
