import Pipeline
import Tokenization

/// What is looked for in a window; all of it must hold of a sample.
public struct SampleQuery: Sendable, Equatable {
  /// In the text before or after; empty: any.
  public var text = ""
  public var isCaseSensitive = false
  /// An edit of the rule; empty: any.
  public var rule = ""
  /// A document of the subset; empty: any.
  public var subset = ""
  /// Any edit at all.
  public var editedOnly = false

  public init() {}
}

/// A sample in which something was found.
public struct SampleHit: Sendable, Equatable {
  public let sequence: Int
  public let editCount: Int
  /// What stands around the match, or the first edit, or the beginning.
  public let left: String
  public let match: String
  public let right: String
}

extension BrowsedRun {
  /// As much of a search as fits into a moment: the caller asks on from ``next``, and stops when it likes.
  public struct SearchSlice: Sendable, Equatable {
    public let hits: [SampleHit]
    /// The sequence to go on from; nil at the end of the range.
    public let next: Int?
  }

  /// Looks through sequences of `range`, which must be in the window, for at most `duration` and at least one sequence.
  ///
  /// Texts are decoded, some 100 MB/s; a file of the edit log is read where rules are asked for, or something was found.
  public func search(
    _ query: SampleQuery, in range: Range<Int>, limit: Int = 50, for duration: Duration = .milliseconds(250)
  ) throws -> SearchSlice {
    guard range.lowerBound >= sequences.lowerBound, range.upperBound <= sequences.upperBound else {
      throw ViewingFailure("sequences \(range)", "the window has \(sequences)")
    }
    let start = ContinuousClock.now
    var hits: [SampleHit] = []
    var search = TextSearch(query)
    for q in range {
      if let hit = try hit(q, query, &search) { hits.append(hit) }
      if hits.count >= limit || start.duration(to: .now) > duration {
        return SearchSlice(hits: hits, next: q + 1 < range.upperBound ? q + 1 : nil)
      }
    }
    return SearchSlice(hits: hits, next: nil)
  }

  private func hit(_ q: Int, _ query: SampleQuery, _ search: inout TextSearch) throws -> SampleHit? {
    if !query.subset.isEmpty, try base?.subsets(ofSequence: q).contains(query.subset) != true { return nil }
    var edits: [WindowEdit]?
    if query.editedOnly || !query.rule.isEmpty {
      let found = try self.edits(ofSequence: q)
      guard query.rule.isEmpty ? !found.isEmpty : found.contains(where: { $0.rule == query.rule }) else { return nil }
      edits = found
    }
    if query.text.isEmpty { return try plainHit(q, query, edits) }
    let tokens = try tokens(ofSequence: q)
    if let found = search.find(tokens, tokenizer) {
      return SampleHit(q, try edits ?? self.edits(ofSequence: q), search.excerpt(found))
    }
    let known = try edits ?? self.edits(ofSequence: q)
    guard !known.isEmpty, let found = try search.find(sample(q).window.text(edited: false)) else { return nil }
    return SampleHit(q, known, search.excerpt(found))
  }

  /// Without a text: the edit that was asked for, else how the sample begins.
  private func plainHit(_ q: Int, _ query: SampleQuery, _ edits: [WindowEdit]?) throws -> SampleHit {
    let edits = try edits ?? self.edits(ofSequence: q)
    let sample = try sample(q).window
    guard let edit = sample.edits.first(where: { query.rule.isEmpty || $0.rule == query.rule }) else {
      return SampleHit(q, edits, TextSearch.beginning(of: sample.text(edited: true)))
    }
    var left: [UInt8] = []
    for piece in sample.pieces {
      switch piece {
      case .edit(edit):
        let right = sample.text(edited: true).dropFirst(left.count + edit.after.count)
        return SampleHit(q, edits, TextSearch.excerpt(left[...], edit.after[...], right))
      case .edit(let other): left += other.after
      case .text(let text): left += text
      case .special(let name): left += name.utf8
      case .document: break
      }
    }
    return SampleHit(q, edits, TextSearch.beginning(of: left))
  }

  /// How a row begins, and what is in it, without its whole text.
  func heading(ofSequence q: Int) throws -> SampleHit {
    var bytes: [UInt8] = []
    for token in try tokens(ofSequence: q).prefix(40) where tokenizer.contains(token) {
      bytes += tokenizer.bytes(of: token)
    }
    return SampleHit(q, try edits(ofSequence: q), TextSearch.beginning(of: bytes))
  }
}

extension SampleHit {
  init(_ sequence: Int, _ edits: [WindowEdit], _ excerpt: (left: String, match: String, right: String)) {
    (self.sequence, editCount) = (sequence, edits.count)
    (left, match, right) = excerpt
  }
}
