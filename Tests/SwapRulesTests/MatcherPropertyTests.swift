import SwapRules
import TestSupport
import Testing

/// What holds of any pack and any text.
@Suite struct MatcherPropertyTests {
  /// A pack of random forms of one to four words over few letters, so that they overlap and contain one another.
  private func randomPack(_ random: inout SeededGenerator) throws -> (RulePack, [SlowForm]) {
    var forms: [String: String] = [:]
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      forms[words(&random).joined(separator: " ")] = words(&random).joined(separator: " ")
    }
    let entries = forms.sorted { $0.key < $1.key }.enumerated().map { index, form in
      "  - {id: e\(index), from: '\(form.key)', to: '\(form.value)'}"
    }
    return (try pack(lexicon(entries.joined(separator: "\n"))), forms.map { SlowForm(from: $0.key, to: $0.value) })
  }

  private func words(_ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in ["a", "b", "ab", "ba", "bab"].randomElement(using: &random)!
    }
  }

  private func randomText(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "a", "b", "ab", "ba", "bab", "A", "B", "Ab", "AB", "aB", "BAB", " ", " ", " ", " ", " ", "\n", " \n\t", "\r\n",
      "  ", ",",
      "a1", "\n\n", "\t", "é", "🙂",
    ]
    return (0..<Int.random(in: 0...60, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
  }

  @Test func formsAreFoundAsTheObviousWayFindsThem() throws {
    var random = SeededGenerator(seed: 31)
    var changed = 0
    for _ in 0..<60 {
      let (pack, forms) = try randomPack(&random)
      for _ in 0..<40 {
        let text = randomText(&random)
        let expected = SlowForm.apply(forms, to: text)
        #expect(try pack.apply(text) == expected, "\(text.debugDescription) \(forms)")
        if expected != text { changed += 1 }
      }
    }
    #expect(changed > 500)
  }

  @Test func candidatesDoNotDependOnTheRangesAskedFor() throws {
    var random = SeededGenerator(seed: 32)
    for _ in 0..<60 {
      let (pack, _) = try randomPack(&random)
      let matcher = try Matcher(pack)
      for _ in 0..<20 {
        let text = Array(randomText(&random).utf8)
        try text.withUnsafeBufferPointer { bytes in
          let whole = try pack.decide(bytes)
          let segment = SegmentText(bytes)
          var (parts, places): ([Candidate], [Candidate]) = ([], [])
          var ranges: [Range<Int>] = []
          var start = 0
          while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
            matcher.candidates(in: segment, from: start, to: end, into: &parts)
            ranges.append(start..<end)
            start = end
          }
          matcher.candidates(in: segment, at: ranges, into: &places)
          #expect(parts == whole)
          #expect(places == whole)
        }
      }
    }
  }

  @Test func editsDoNotOverlapAndLeaveTheRestAsItIs() throws {
    var random = SeededGenerator(seed: 33)
    for _ in 0..<60 {
      let (pack, _) = try randomPack(&random)
      for _ in 0..<20 {
        let text = Array(randomText(&random).utf8)
        try text.withUnsafeBufferPointer { bytes in
          let candidates = try pack.decide(bytes)
          let segment = SegmentText(bytes)
          #expect(zip(candidates, candidates.dropFirst()).allSatisfy { $0.end <= $1.start })
          var rest = pack.applying(candidates, to: segment)[...]
          var position = 0
          for candidate in candidates where candidate.isReplaced {
            let between = bytes[position..<candidate.start]
            #expect(rest.starts(with: between))
            rest = rest.dropFirst(between.count)
            let written = pack.replacement(of: candidate, in: segment)
            #expect(rest.starts(with: written))
            rest = rest.dropFirst(written.count)
            position = candidate.end
          }
          #expect(rest.elementsEqual(bytes[position...]))
        }
      }
    }
  }

  /// Three other words stand between pronouns, so that none is in the other's context.
  @Test func aSwapMadeTwiceGivesTheTextBackWhereItIsCertain() throws {
    let pack = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml")
    let pronouns = [
      "he", "him", "his", "himself", "she", "her", "hers", "herself", "He", "HIS", "Her", "he's", "she’ll",
    ]
    let words = [
      "the", "dog", "gave", "of", "saw", "and", "running", "quickly", "Ann", "to", "old", ".", ",", "\n", "—", "is",
    ]
    var random = SeededGenerator(seed: 34)
    var (certain, uncertain) = (0, 0)
    for _ in 0..<2000 {
      let text = (0..<4).map { _ in
        ([pronouns.randomElement(using: &random)!] + (0..<4).map { _ in words.randomElement(using: &random)! })
          .joined(separator: " ")
      }.joined(separator: " word ")
      let isUncertain = try Array(text.utf8).withUnsafeBufferPointer {
        try pack.decide($0).contains(where: \.isUncertain)
      }
      if isUncertain { uncertain += 1 } else { certain += 1 }
      guard !isUncertain else { continue }
      let twice = try pack.apply(pack.apply(text))
      #expect(twice == text)
    }
    #expect(certain > 500 && uncertain > 20)
  }
}

/// A form, looked for the obvious way.
private struct SlowForm: CustomStringConvertible {
  let from: String
  let to: String

  var description: String { "\(from) → \(to)" }

  static func apply(_ forms: [SlowForm], to text: String) -> String {
    let text = Array(text.unicodeScalars)
    var output = String.UnicodeScalarView()
    var place = 0
    while place < text.count {
      let isStart = place == 0 || !isWordScalar(text[place - 1])
      let found = isStart ? forms.compactMap { $0.match(text, place) } : []
      if let longest = found.max(by: { $0.form.from.count < $1.form.from.count }) {
        output += longest.form.written(for: text[place..<longest.end])
        place = longest.end
      } else {
        output.append(text[place])
        place += 1
      }
    }
    return String(output)
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private func match(_ text: [Unicode.Scalar], _ start: Int) -> (form: SlowForm, end: Int)? {
    var place = start
    for (index, word) in from.split(separator: " ").enumerated() {
      if index > 0 {
        let gap = text[place...].prefix { $0.properties.isWhitespace }
        guard Self.isGap(gap) else { return nil }
        place += gap.count
      }
      for scalar in word.unicodeScalars {
        guard place < text.count, text[place].properties.lowercaseMapping == String(scalar) else { return nil }
        place += 1
      }
    }
    guard place == text.count || !Self.isWordScalar(text[place]), place - start <= 128 else { return nil }
    return (self, place)
  }

  private static func isGap(_ gap: ArraySlice<Unicode.Scalar>) -> Bool {
    let text = String(String.UnicodeScalarView(gap)).replacing("\r\n", with: "\n")
    return gap.count <= 16
      && (!text.isEmpty && text.allSatisfy { $0 == " " }
        || text.unicodeScalars.filter { $0 == "\n" }.count == 1
          && text.unicodeScalars.allSatisfy { [" ", "\t", "\n"].contains($0) })
  }

  /// Each word in the case of the word it stands for, or all as all are.
  private func written(for match: ArraySlice<Unicode.Scalar>) -> String.UnicodeScalarView {
    let text = String(String.UnicodeScalarView(match))
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let gaps = text.split(omittingEmptySubsequences: true) { !$0.isWhitespace }.map(String.init)
    var replacement = to.split(separator: " ").map(String.init)
    let cases = Self.cases(words)
    guard let cases else { return text.unicodeScalars }
    let count = replacement.count
    let carried: [Int]
    if count == words.count {
      carried = cases
    } else if Set(cases).count == 1 {
      carried =
        cases.count == 1 && cases[0] == 1
        ? [1] + Array(repeating: 0, count: count - 1)
        : Array(repeating: cases[0], count: count)
    } else if cases[0] == 1, cases.dropFirst().allSatisfy({ $0 == 0 }) {
      carried = [1] + Array(repeating: 0, count: count - 1)
    } else {
      return text.unicodeScalars
    }
    for (index, letterCase) in carried.enumerated() {
      let word = replacement[index]
      replacement[index] =
        letterCase == 0 ? word : letterCase == 1 ? word.prefix(1).uppercased() + word.dropFirst() : word.uppercased()
    }
    var output = replacement[0]
    for index in 1..<max(1, count) { output += (index - 1 < gaps.count ? gaps[index - 1] : " ") + replacement[index] }
    return output.unicodeScalars
  }

  /// 0 lower, 1 Title, 2 UPPER for each word; a single capital is what the others are. Nil for a mix.
  private static func cases(_ words: [String]) -> [Int]? {
    var cases: [Int] = []
    for word in words {
      if word == word.lowercased() {
        cases.append(0)
      } else if word == word.prefix(1).uppercased() + word.dropFirst().lowercased() {
        cases.append(1)
      } else if word == word.uppercased() {
        cases.append(2)
      } else {
        return nil
      }
    }
    if cases.contains(2) {
      for index in words.indices where words[index].count == 1 && cases[index] == 1 { cases[index] = 2 }
    }
    return cases
  }
}
