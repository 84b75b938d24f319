import StructuredText

/// What became of one of a pack's inline tests.
public struct PackTestResult: Sendable {
  public enum Outcome: Sendable, Equatable {
    case passed
    /// The text differs, or another rule than `by` decided.
    case failed
    /// Marked `todo`, and still failing.
    case knownLimit
    /// Marked `todo`, but passing: the mark can go.
    case unexpectedPass
  }

  public let outcome: Outcome
  /// Where the test stands in its file.
  public let place: SourcePlace
  public let input: String
  public let expected: String
  public let got: String
  /// The rule that the test names, if it names one.
  public let by: String?
  /// For each candidate of the input: the word, and the branch or reason that decided.
  public let decisions: [(word: String, rule: String)]
}

extension RulePack {
  /// Runs the tests inside the pack (not those of the packs it extends). Each input is a segment of its own.
  public func runTests() throws(RulesFailure) -> [PackTestResult] {
    if let tokenMap { return tests.map { result(of: $0, tokenMap) } }
    let matcher = try Matcher(self)
    return tests.map { result(of: $0, matcher) }
  }

  /// Throws for the first inline test that fails: what a run checks before it uses a pack.
  public func requirePassingTests() throws(RulesFailure) {
    let failures = try runTests().filter { $0.outcome == .failed }
    guard let first = failures.first else { return }
    throw RulesFailure(
      .definition, at: first.place,
      "a test of \(name) fails (\(failures.count) in all): '\(first.input)' gives '\(first.got)', "
        + "expected '\(first.expected)'\(first.by.map { " by \($0)" } ?? ""); see 'tiresias rules test'")
  }

  private func result(of test: TestDefinition, _ matcher: Matcher) -> PackTestResult {
    let input = Array(test.input.utf8)
    var candidates: [Candidate] = []
    let output = input.withUnsafeBufferPointer { bytes in
      let segment = SegmentText(bytes)
      matcher.candidates(in: segment, into: &candidates)
      return applying(candidates, to: segment)
    }
    let decisions = candidates.map { candidate in
      (String(decoding: input[candidate.start..<candidate.end], as: UTF8.self), rule(of: candidate))
    }
    return result(of: test, String(decoding: output, as: UTF8.self), decisions, isDecided(test, candidates))
  }

  /// A test of a `token-id` pack, whose texts are ids.
  private func result(of test: TestDefinition, _ map: TokenMap) -> PackTestResult {
    let ids = test.input.split(separator: " ").compactMap { UInt32($0) }
    let output = ids.map { map.pair(of: $0)?.to ?? $0 }
    let decisions = ids.compactMap { id in map.pair(of: id).map { (String(id), entries[Int($0.entry)].id) } }
    let isDecided = test.by.map { by in decisions.contains { $0.1 == by.text } } ?? true
    return result(of: test, output.map(String.init).joined(separator: " "), decisions, isDecided)
  }

  private func result(
    of test: TestDefinition, _ got: String, _ decisions: [(word: String, rule: String)], _ isDecided: Bool
  ) -> PackTestResult {
    let passes = Array(got.utf8) == Array(test.expected.utf8) && isDecided
    let outcome: PackTestResult.Outcome =
      test.isTodo ? (passes ? .unexpectedPass : .knownLimit) : (passes ? .passed : .failed)
    return PackTestResult(
      outcome: outcome, place: test.place, input: test.input, expected: test.expected, got: got, by: test.by?.text,
      decisions: decisions)
  }

  private func isDecided(_ test: TestDefinition, _ candidates: [Candidate]) -> Bool {
    guard let by = test.by?.text else { return true }
    return candidates.contains { candidate in
      if case .keep(let reason) = candidate.verdict { return name(of: reason) == by }
      return [entries[Int(candidate.entry)].id, branches[Int(candidate.branch)].id].contains(by)
    }
  }

  /// What decided a candidate: a branch's id, or the name of a reason.
  public func rule(of candidate: Candidate) -> String {
    switch candidate.verdict {
    case .replace: branches[Int(candidate.branch)].id
    case .keep(let reason): name(of: reason)
    }
  }
}
