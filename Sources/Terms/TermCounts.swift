/// How often each term begins in some tokens, by subset, and how many tokens that are.
public struct TermCounts: Sendable, Equatable {
  public let subsetCount: Int
  public let termCount: Int
  /// For each subset the terms' counts and then the tokens.
  var values: [Int]

  init(subsetCount: Int, termCount: Int) {
    (self.subsetCount, self.termCount) = (subsetCount, termCount)
    values = [Int](repeating: 0, count: subsetCount * (termCount + 1))
  }

  public func count(of term: Int, subset: Int) -> Int { values[subset * (termCount + 1) + term] }
  public func tokens(ofSubset subset: Int) -> Int { values[subset * (termCount + 1) + termCount] }
  public func count(of term: Int) -> Int { (0..<subsetCount).reduce(0) { $0 + count(of: term, subset: $1) } }
  public var tokens: Int { (0..<subsetCount).reduce(0) { $0 + tokens(ofSubset: $1) } }

  @inline(__always)
  mutating func add(_ term: Int, subset: Int) { values[subset &* (termCount &+ 1) &+ term] &+= 1 }

  mutating func addTokens(_ count: Int, subset: Int) { values[subset * (termCount + 1) + termCount] += count }

  static func += (left: inout TermCounts, right: TermCounts) {
    for index in left.values.indices { left.values[index] += right.values[index] }
  }
}
