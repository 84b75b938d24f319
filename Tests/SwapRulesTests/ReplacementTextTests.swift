import TestSupport
import Testing

@testable import SwapRules

@Suite struct ReplacementTextTests {
  /// Gaps of all lengths, up to the text's very end.
  @Test func anEditedTextIsItsPiecesOneAfterTheOther() throws {
    let pack = try RulePack.load(path: Assets.root + "/rules/pronouns-neutral.yaml")
    let words = [
      "he", "she isn’t", "he\n  was", "he's", "HE IS", "him", "his", "x", "the", "isn't she", "grandmotherly",
    ]
    var random = SeededGenerator(seed: 91)
    var edits = 0
    for count in 0..<300 {
      let text =
        (0..<count % 40).map { _ in
          words.randomElement(using: &random)!
            + String(repeating: " ", count: Int.random(in: 1...(count % 3 == 0 ? 400 : 90), using: &random))
        }.joined() + (count % 2 == 0 ? "he" : "")
      try Array(text.utf8).withUnsafeBufferPointer { bytes in
        let (segment, candidates) = (SegmentText(bytes), try pack.decide(bytes))
        var (expected, position): ([UInt8], Int) = ([1, 2], 0)
        for candidate in candidates where candidate.isReplaced {
          expected += bytes[position..<candidate.start] + pack.replacement(of: candidate, in: segment)
          position = candidate.end
          edits += 1
        }
        expected += bytes[position...]
        var output: [UInt8] = [1, 2]
        pack.apply(candidates, to: segment, into: &output)
        #expect(output == expected)
        #expect(pack.applying(candidates, to: segment) == Array(expected[2...]))
      }
    }
    #expect(edits > 1000)
  }

  /// Words of all lengths, at all distances from the text's end.
  @Test func aShortWordIsNeverAdapted() throws {
    let pack = try RulePack.load(path: Assets.root + "/rules/pronouns-neutral.yaml")
    let parts = ["h", "E", "z", "[", "`", "'", "’", " ", "  ", "\n", "é", "-"]
    var random = SeededGenerator(seed: 92)
    var (adapted, short) = (0, 0)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...20, using: &random)).map { _ in
        parts[Int.random(in: 0..<(Bool.random(using: &random) ? 3 : parts.count), using: &random)]
      }.joined()
      Array(text.utf8).withUnsafeBufferPointer { bytes in
        let start = Int.random(in: 0..<bytes.count, using: &random)
        for end in start + 1...min(bytes.count, start + 10) where end <= bytes.count {
          let candidate = Candidate(
            start: start, end: end, verdict: .keep(.none), entry: 0, branch: 0, isUncertain: false)
          let isAdapted = pack.isAdapted(candidate, in: SegmentText(bytes))
          #expect(isAdapted == pack.isAdaptedByAll(candidate, in: SegmentText(bytes)), "\(text) \(start) \(end)")
          if isAdapted { adapted += 1 } else { short += 1 }
        }
      }
    }
    #expect(adapted > 1000 && short > 1000)
  }
}
