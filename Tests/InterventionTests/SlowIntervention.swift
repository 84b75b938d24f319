import Intervention
import SwapRules
import Testing
import Tokenization
import UnicodeText

/// The obvious way: each segment as one text, encoded whole without edits and once with each of them.
struct SlowIntervention {
  let tokenizer: Tokenizer
  let stages: [SwapStage]
  let length: LengthPolicy
  let base: MemoryBase
  private let encoder: Encoder
  private let matchers: [Matcher]

  init(_ tokenizer: Tokenizer, _ stages: [SwapStage], _ length: LengthPolicy, _ base: MemoryBase) throws {
    (self.tokenizer, self.stages, self.length, self.base) = (tokenizer, stages, length, base)
    encoder = Encoder(tokenizer)
    matchers = try stages.map { try Matcher($0.pack) }
  }

  struct Change {
    var range: Range<Int>
    var bytes: [UInt8]
    var stage: Int
    var rule: Int
    var branch: Int
    var isUncertain: Bool
  }

  struct Edit {
    var changes: [Change]
    /// In the item's tokens once the segment's place is known, in the segment's before.
    var tokens: Range<Int>
    var replacement: [UInt32]
    var token = 0
    var byte = 0
    var before: [UInt8] = []
    var after: [UInt8] = []
  }

  struct Left {
    var token: Int
    var change: Change
    var text: [UInt8]
    var reason: String
  }

  struct Decisions {
    var edits: [Edit] = []
    var left: [Left] = []
  }

  // MARK: Items

  /// All edits of an item that rules, base and length allow, and all words left alone, selection aside.
  func decisions(dataset: Int, item: Int) throws -> Decisions {
    let tokens = base.datasets[dataset][item]
    var decisions = Decisions()
    var start = 0
    for end in 0...tokens.count where end == tokens.count || tokenizer.isSpecial(tokens[end]) {
      if end > start {
        var segment = Segment(Array(tokens[start..<end]), tokenizer)
        segment.isCutLeft = base.itemsAreCut && start == 0
        segment.isCutRight = base.itemsAreCut && end == tokens.count
        try decide(segment, at: start, &decisions)
      }
      start = end + 1
    }
    return decisions
  }

  struct Segment {
    let tokens: [UInt32]
    let text: [UInt8]
    let starts: [Int]
    var isCutLeft = false
    var isCutRight = false

    init(_ tokens: [UInt32], _ tokenizer: Tokenizer) {
      self.tokens = tokens
      let pieces = tokens.map { Array(tokenizer.bytes(of: $0)) }
      text = pieces.flatMap { $0 }
      starts = pieces.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    }

    func token(at byte: Int) -> Int { starts.lastIndex { $0 <= byte }! }

    /// Without incomplete characters at cuts.
    var whole: Range<Int> {
      let low = text.prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
      let high = (0..<4).first {
        String(validating: text.dropLast($0).suffix(from: min(low, text.count - $0)), as: UTF8.self) != nil
      }
      return low..<(text.count - (high ?? 0))
    }
  }

  private func decide(_ segment: Segment, at start: Int, _ decisions: inout Decisions) throws {
    var left: [(Change, String)] = []
    var drafts: [Edit] = []
    let t = try encode(segment.text)
    for change in propose(segment, &left) {
      switch try edit([change], segment, t) {
      case .success(let edit): drafts.append(edit)
      case .failure(let reason): left.append((change, reason.text))
      }
    }
    while let index = drafts.indices.dropLast().first(where: { drafts[$0].tokens.overlaps(drafts[$0 + 1].tokens) }) {
      let changes = drafts[index].changes + drafts[index + 1].changes
      drafts.remove(at: index + 1)
      switch try edit(changes, segment, t) {
      case .success(let edit): drafts[index] = edit
      case .failure(let reason):
        drafts.remove(at: index)
        left += changes.map { ($0, reason.text) }
      }
    }
    for var edit in drafts {
      if length == .aligned && edit.tokens.count != edit.replacement.count {
        left += edit.changes.map { ($0, "length") }
        continue
      }
      let first = edit.changes[0].range.lowerBound
      edit.token = start + segment.token(at: first)
      edit.byte = first - segment.starts[segment.token(at: first)]
      edit.before = Array(segment.text[first..<edit.changes.last!.range.upperBound])
      edit.after = Array(
        replacing(edit.changes, in: segment.text)[first...].dropLast(
          segment.text.count - edit.changes.last!.range.upperBound))
      edit.tokens = (start + edit.tokens.lowerBound)..<(start + edit.tokens.upperBound)
      decisions.edits.append(edit)
    }
    left.sort { ($0.0.range.lowerBound, $0.0.stage) < ($1.0.range.lowerBound, $1.0.stage) }
    for (change, reason) in left {
      decisions.left.append(
        Left(
          token: start + segment.token(at: change.range.lowerBound), change: change,
          text: Array(segment.text[change.range]), reason: reason))
    }
  }

  private func propose(_ segment: Segment, _ left: inout [(Change, String)]) -> [Change] {
    var changes: [Change] = []
    for (stage, matcher) in matchers.enumerated() {
      var candidates: [Candidate] = []
      var written: [[UInt8]] = []
      segment.text.withUnsafeBufferPointer {
        let text = SegmentText(
          $0, leading: segment.isCutLeft ? .cut : .end, trailing: segment.isCutRight ? .cut : .end)
        matcher.candidates(in: text, into: &candidates)
        for candidate in candidates { written.append(matcher.pack.replacement(of: candidate, in: text)) }
      }
      let earlier = changes
      for (candidate, bytes) in zip(candidates, written) {
        var change = Change(
          range: candidate.start..<candidate.end, bytes: [], stage: stage, rule: Int(candidate.entry),
          branch: Int(candidate.branch), isUncertain: candidate.isUncertain)
        switch candidate.verdict {
        case .keep(let reason): left.append((change, matcher.pack.name(of: reason)))
        case .replace:
          change.bytes = bytes
          if earlier.contains(where: { $0.range.overlaps(change.range) }) {
            left.append((change, "overlap"))
          } else {
            changes.append(change)
          }
        }
      }
    }
    return changes.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  // MARK: Regions

  private struct Encoding {
    var ids: [UInt32] = []
    /// Where each token begins, and the end.
    var starts = [0]
    /// Each pre-token's tokens.
    var preTokens: [Range<Int>] = []
  }

  /// The text's tokens, pre-token by pre-token from the start.
  private func encode(_ text: [UInt8]) throws -> Encoding {
    var encoding = Encoding()
    text.withUnsafeBufferPointer { text in
      var place = 0
      while place < text.count {
        let end = encoder.preTokenEnd(in: text, from: place)
        let first = encoding.ids.count
        encoder.encodePreToken(UnsafeBufferPointer(rebasing: text[place..<end]), into: &encoding.ids)
        for id in encoding.ids[first...] {
          encoding.starts.append(encoding.starts.last! + tokenizer.bytes(of: id).count)
        }
        encoding.preTokens.append(first..<encoding.ids.count)
        place = end
      }
    }
    if String(validating: text, as: UTF8.self) != nil {
      #expect(try encoder.encode(text) == encoding.ids)
    }
    return encoding
  }

  private struct Reason: Error { var text: String }

  private func replacing(_ changes: [Change], in text: [UInt8]) -> [UInt8] {
    var text = text
    for change in changes.reversed() { text.replaceSubrange(change.range, with: change.bytes) }
    return text
  }

  private func edit(_ changes: [Change], _ segment: Segment, _ t: Encoding) throws -> Result<Edit, Reason> {
    let new = try encode(replacing(changes, in: segment.text)).ids
    let prefix = zip(t.ids, new).prefix { $0 == $1 }.count
    let suffix = zip(t.ids.reversed(), new.reversed()).prefix { $0 == $1 }.count
    let touched = t.ids.indices.filter {
      t.starts[$0 + 1] > changes[0].range.lowerBound && t.starts[$0] < changes.last!.range.upperBound
    }
    let region = min(prefix, touched.first!)..<max(t.ids.count - suffix, touched.last! + 1)
    let own = t.preTokens.indices.filter { t.preTokens[$0].overlaps(region) }
    if let reason = objection(own, segment, t) { return .failure(Reason(text: reason)) }
    let start = segment.starts.firstIndex(of: t.starts[region.lowerBound])!
    return .success(
      Edit(
        changes: changes, tokens: start..<(start + region.count),
        replacement: Array(new[region.lowerBound..<(new.count - t.ids.count + region.upperBound)])))
  }

  private func objection(_ own: [Int], _ segment: Segment, _ t: Encoding) -> String? {
    let whole = segment.whole
    if segment.isCutLeft && t.starts[t.preTokens[own.first!].lowerBound] <= whole.lowerBound { return "edge" }
    if segment.isCutRight && t.starts[t.preTokens[own.last!].upperBound] >= whole.upperBound { return "edge" }
    for index in max(0, own.first! - 1)...min(t.preTokens.count - 1, own.last! + 1) {
      let tokens = t.preTokens[index]
      let bytes = t.starts[tokens.lowerBound]..<t.starts[tokens.upperBound]
      let isText = String(validating: segment.text[bytes], as: UTF8.self) != nil
      let first = segment.starts.firstIndex(of: bytes.lowerBound)
      if !isText || first == nil || Array(segment.tokens[first!...].prefix(tokens.count)) != Array(t.ids[tokens]) {
        let isAtCut =
          segment.isCutLeft && bytes.lowerBound <= whole.lowerBound
          || segment.isCutRight && bytes.upperBound >= whole.upperBound
        return isAtCut ? "edge" : "noncanonical"
      }
    }
    return nil
  }

  // MARK: Samples

  func isDrawn(_ edit: Edit, dataset: Int, item: Int, sequence: Int) -> Bool {
    let keys: [UInt64]
    let selection = stages[edit.changes[0].stage].selection
    switch selection.unit {
    case .sequence: keys = [UInt64(sequence)]
    case .document: keys = [UInt64(dataset), UInt64(item)]
    case .occurrence: keys = [UInt64(dataset), UInt64(item), UInt64(edit.token), UInt64(edit.byte)]
    }
    var hash: UInt64 = 0
    for value in [UInt64(SelectionUnit.allCases.firstIndex(of: selection.unit)!), selection.seed] + keys {
      var z = (hash ^ value) &+ 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      hash = z ^ (z >> 31)
    }
    return selection.fraction.contains(hash)
  }

  /// What stands in the edited stream where the base has token `index` of an item.
  func tokens(_ index: Int, of item: [UInt32], _ edits: [Edit]) -> ArraySlice<UInt32> {
    guard let edit = edits.first(where: { $0.tokens.contains(index) }) else { return item[index...index] }
    let place = index - edit.tokens.lowerBound
    let isLast = index == edit.tokens.upperBound - 1
    return edit.replacement.dropFirst(place).prefix(isLast ? .max : 1)
  }
}
