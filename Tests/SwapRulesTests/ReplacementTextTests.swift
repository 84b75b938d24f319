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
          words.randomElement(using: &random)! + String(repeating: " ", count: Int.random(in: 1...90, using: &random))
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
}
