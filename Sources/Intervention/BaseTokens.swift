/// The tokens of the base, by data set and item: what an intervention reads.
public protocol BaseTokens: Sendable {
  /// Tokens of an item.
  func size(dataset: Int, item: Int) -> Int
  /// Copies `count` tokens from `offset`; the range is within the item. Throws what reading throws.
  func copy(dataset: Int, item: Int, offset: Int, count: Int, into tokens: UnsafeMutablePointer<UInt32>) throws
  /// Calls `body` with tokens as they are stored, where that is as numbers of 16 bits; nil where it is not. The range is
  /// within the item.
  func withStored<Result>(
    dataset: Int, item: Int, offset: Int, count: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result
  ) throws -> Result?
  /// True if items are samples cut out of a stream: what stands beyond an item's edge is unknown.
  var itemsAreCut: Bool { get }
}

extension BaseTokens {
  public func withStored<Result>(
    dataset: Int, item: Int, offset: Int, count: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result
  ) throws -> Result? { nil }
}

/// The part of a sample that comes from one item.
public struct Span: Sendable, Equatable {
  public var dataset: Int
  public var item: Int
  /// First token in the item, and how many.
  public var offset: Int
  public var count: Int

  public init(dataset: Int, item: Int, offset: Int, count: Int) {
    self.dataset = dataset
    self.item = item
    self.offset = offset
    self.count = count
  }
}
