import CBytes
import CTextBlocks
import CVectors
import Glibc
import Tokenization
import UnicodeText

// What is written in C by hand, beside slow and obvious twins, on memory without a byte to spare.

extension FuzzTarget {
  /// Where words may begin, by steps of every width. The first 96 bytes of the input are the sets.
  static let bytesShim = FuzzTarget(
    "shim-bytes",
    seeds: [[UInt8](repeating: 0xFF, count: 96) + [UInt8](utf8: String(repeating: "He said it was his. ", count: 8))]
  ) { _ in
    { bytes in
      guard bytes.count >= 98 else { return }
      var sets = tiresias_beginnings()
      withUnsafeMutableBytes(of: &sets) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<96])) }
      let hashes = bytes[96] % 2 == 0 ? [UInt64.max, .max] : [0x5555_5555_5555_5555, 0x0123_4567_89AB_CDEF]
      let from = Int(bytes[97]) % 70
      sets.shift = 64 - 7
      try hashes.withUnsafeBufferPointer { hashes in
        sets.hashes = hashes.baseAddress
        try withTightCopy(of: bytes[98...]) { text in
          let slow = (min(from, text.count)..<text.count).filter {
            tiresias_begins(text.baseAddress, text.count, $0, &sets)
          }
          for width in [1, 16, 32, 64] {
            for room in [32, 64, 100] {
              let found = beginnings(text, from: from, sets: &sets, room: room, width: width)
              try Disagreement.check(
                found == slow, "words begin where the slow search finds them, width \(width): \(found) \(slow)")
            }
          }
        }
      }
      try withTightCopy(of: bytes[..<64].bindMemory(to: UInt8.self)) { try compareBlock($0) }
    }
  }

  private static func beginnings(
    _ text: UnsafeMutableBufferPointer<UInt8>, from: Int, sets: inout tiresias_beginnings, room: Int, width: Int
  ) -> [Int] {
    var from = min(from, text.count)
    var found: [Int] = []
    while from < text.count {
      found += withTightCopy(of: [Int](repeating: 0, count: room)) { places in
        let count = places.withMemoryRebound(to: size_t.self) {
          tiresias_find_beginnings(
            text.baseAddress, text.count, &from, text.count, &sets, $0.baseAddress, room, Int32(width))
        }
        return Array(places[..<count])
      }
    }
    return found
  }

  private static func compareBlock(_ block: UnsafeMutableBufferPointer<UInt8>) throws {
    let size = Int(tiresias_text_block)
    func bits(_ holds: (UInt8) -> Bool) -> UInt32 {
      block.enumerated().reduce(0) { $0 | (holds($1.element) ? 1 << UInt32($1.offset) : 0) }
    }
    func reversed(_ bits: UInt32) -> UInt32 {
      (0..<size).reduce(0) { $0 | (bits >> UInt32($1) & 1) << UInt32(size - 1 - $1) }
    }
    let letters = bits { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    let read = ([1, 16, 32] as [Int32]).map { width in
      [true, false].map { isAhead in
        var found = tiresias_text_bits()
        tiresias_read_text(block.baseAddress, &found, isAhead, width)
        return [found.letters, found.line_feeds, found.odd].map { isAhead ? $0 : reversed($0) }
      }
    }
    try Disagreement.check(read[0][0][..<2] == [letters, bits { $0 == 0x0A }], "letters and lines of \(Array(block))")
    try Disagreement.check(read[0][0] == read[0][1], "both ways read the same: \(read[0])")
    try Disagreement.check(read[0] == read[1] && read[1] == read[2], "steps of all widths read the same: \(read)")
  }

  /// UTF-8, NFC's quick check, and pre-tokens, in all registers. The first byte says how long runs of spaces are tokens.
  static let textBlocksShim = FuzzTarget(
    "shim-text-blocks",
    seeds: [
      [24] + [UInt8](utf8: String(repeating: "the  cat's 12\n\n é中 \u{1F600}x\u{301} it'll  ", count: 4)),
      [2] + [UInt8](repeating: 0x20, count: 70) + [UInt8](utf8: "a"),
    ]
  ) { _ in
    { bytes in
      guard let first = bytes.first else { return }
      try withTightCopy(of: bytes[1...].prefix(1 << 14)) { text in
        let text = UnsafeBufferPointer(text)
        let front = slowUTF8Front(text)
        for registers in 0...tiresias_widest_registers() {
          let found = tiresias_utf8_front(registers, text.baseAddress, text.count)
          try Disagreement.check(
            found == text.count ? front == text.count : found <= front && front - found <= 67,
            "\(found) of \(front) bytes are UTF-8, registers \(registers)")
          let from = min(Int(first), text.count)
          let combining = tiresias_first_combining(registers, text.baseAddress, from, text.count)
          try Disagreement.check(
            combining == tiresias_first_combining(0, text.baseAddress, from, text.count) && combining <= text.count,
            "the first combining character is at \(combining), registers \(registers)")
        }
        guard front == text.count else { return }
        // Runs of one space are none.
        let longest = first % 70 == 1 ? 0 : Int(first) % 70
        let slow = slowStarts(text, PreTokenPattern(longestRun: longest))
        for registers in 0...tiresias_widest_registers() {
          let found = starts(text, longest, registers)
          try Disagreement.check(found == slow, "pre-tokens start at \(slow), registers \(registers): \(found)")
        }
      }
    }
  }

  private static func slowUTF8Front(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var place = 0
    while case .scalar(_, let length) = UTF8Text.read(text, at: place, end: text.count) { place += length }
    return place
  }

  private static func slowStarts(_ text: UnsafeBufferPointer<UInt8>, _ pattern: PreTokenPattern) -> [UInt32] {
    var starts: [UInt32] = []
    var place = 0
    while place < text.count {
      starts.append(UInt32(place))
      place = pattern.end(in: text, from: place, end: text.count)
    }
    return starts
  }

  private static func starts(_ text: UnsafeBufferPointer<UInt8>, _ longest: Int, _ registers: Int32) -> [UInt32] {
    var cut = tiresias_cut()
    var found: [UInt32] = []
    while cut.position < text.count {
      // Up to three places behind the last are overwritten.
      found += withTightCopy(of: [UInt32](repeating: 0, count: 100 + 3)) { starts in
        Array(
          starts[
            ..<tiresias_cut_pre_tokens(registers, &cut, text.baseAddress, text.count, longest, starts.baseAddress, 100)]
        )
      }
    }
    return found
  }

  /// Sums, exponentials and attention, beside the same in double precision. The first two bytes are the sizes.
  static let vectorsShim = FuzzTarget(
    "shim-vectors", seeds: [[4, 3] + [UInt8](0..<200), [33, 17] + [UInt8](repeating: 0x81, count: 3000)]
  ) { _ in
    { bytes in
      guard bytes.count > 2 else { return }
      // Numbers that a model has: up to 8 in size.
      let numbers = bytes[2...].prefix(1 << 14).map { Float(Int8(bitPattern: $0)) / 16 }
      try withTightCopy(of: numbers) { try compareSums($0) }
      let size = Int(bytes[0]) % 80 + 1
      let rows = min(Int(bytes[1]) % 50 + 1, numbers.count / (2 * size))
      if rows > 0 { try compareAttention(numbers, size: size, rows: rows) }
    }
  }

  private static func compareSums(_ numbers: UnsafeMutableBufferPointer<Float>) throws {
    let largest = tiresias_largest(numbers.baseAddress, numbers.count)
    try Disagreement.check(largest == numbers.max() ?? -.infinity, "the largest is \(largest)")
    let slow = numbers.reduce(0) { $0 + exp2((Double($1) - Double(largest)) * 1.4426950408889634) }
    // Each addition may round, and equal numbers round alike.
    let slack = (slow + 1) * (1e-6 + 1e-7 * Double(numbers.count))
    let sum = tiresias_sum_exponentials(numbers.baseAddress, numbers.count, largest)
    try Disagreement.check(abs(Double(sum) - slow) <= slack, "the sum is \(slow): \(sum)")
    let lanes = (numbers.count + 7) / 8 * 8
    try withTightCopy(of: Array(numbers) + [Float](repeating: 0, count: lanes - numbers.count)) { values in
      let sum = tiresias_exponentials(values.baseAddress, numbers.count, largest)
      try Disagreement.check(abs(Double(sum) - slow) <= slack, "the sum is \(slow): \(sum)")
    }
  }

  private static func compareAttention(_ numbers: [Float], size: Int, rows: Int) throws {
    let query = (0..<size).map { numbers[$0] / 8 }
    let order = (0..<rows).map { Int32(rows - 1 - $0) }
    let result = withTightCopy(of: numbers[..<(rows * 2 * size)]) { store in
      withTightCopy(of: query) { query in
        withTightCopy(of: order) { order in
          withTightCopy(of: [Float](repeating: 0, count: (rows + 7) / 8 * 8)) { weights in
            withTightCopy(of: [Float](repeating: 0, count: size)) { result in
              tiresias_attend(
                size, query.baseAddress, store.baseAddress, order.baseAddress, rows, weights.baseAddress,
                result.baseAddress)
              return Array(result)
            }
          }
        }
      }
    }
    let scores = (0..<rows).map { row in
      (0..<size).reduce(0.0) { $0 + Double(query[$1]) * Double(numbers[row * 2 * size + $1]) }
    }
    let largest = scores.max() ?? 0
    let weights = scores.map { exp2(($0 - largest) * 1.4426950408889634) }
    let total = weights.reduce(0, +)
    for dimension in 0..<size {
      let slow = (0..<rows).reduce(0.0) { $0 + weights[$1] * Double(numbers[$1 * 2 * size + size + dimension]) } / total
      try Disagreement.check(
        abs(Double(result[dimension]) - slow) < 1e-3,
        "attention gives \(slow) in dimension \(dimension): \(result[dimension])")
    }
  }
}
