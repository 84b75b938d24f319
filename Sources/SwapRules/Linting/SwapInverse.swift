import StructuredText

/// A pack with `direction: both` that, applied twice to one of its own tests, does not give the test back. That its words
/// come back at all is part of the language (``InverseCheck``); this finds branches that do not fit together.
struct SwapInverse: Lint {
  static let name = "inverse"

  func findings(in linted: LintedPack) throws -> [Finding] {
    guard linted.definition.header.direction == .both, linted.pack.tokenMap == nil else { return [] }
    let matcher = try Matcher(linted.pack)
    return linted.definition.tests.filter { !$0.isTodo }.compactMap { finding($0, matcher) }
  }

  private func finding(_ test: TestDefinition, _ matcher: Matcher) -> Finding? {
    let input = Array(test.input.utf8)
    let (once, isUncertain) = apply(matcher, to: input)
    let (twice, isUncertainBack) = apply(matcher, to: once)
    guard twice != input else { return nil }
    let (there, back) = (String(decoding: once, as: UTF8.self), String(decoding: twice, as: UTF8.self))
    return Finding(
      isUncertain || isUncertainBack ? .warning : .error, Self.name, at: test.place,
      "a swap does not undo itself: '\(test.input)' becomes '\(there)', and that becomes '\(back)'")
  }

  private func apply(_ matcher: Matcher, to text: [UInt8]) -> (text: [UInt8], isUncertain: Bool) {
    text.withUnsafeBufferPointer { bytes in
      var candidates: [Candidate] = []
      matcher.candidates(in: SegmentText(bytes), into: &candidates)
      return (
        matcher.pack.applying(candidates, to: SegmentText(bytes)), candidates.contains { $0.isUncertain }
      )
    }
  }
}
