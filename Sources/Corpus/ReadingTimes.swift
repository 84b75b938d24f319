/// What a reader of stored files does with its time, in seconds.
public struct ReadingTimes: Equatable, Sendable {
  /// Getting stored bytes, from a file or from the command that streams them.
  public internal(set) var reading = 0.0
  public internal(set) var hashing = 0.0
  public internal(set) var decompressing = 0.0

  public init() {}

  static func + (first: ReadingTimes, second: ReadingTimes) -> ReadingTimes {
    var sum = first
    sum.reading += second.reading
    sum.hashing += second.hashing
    sum.decompressing += second.decompressing
    return sum
  }
}
