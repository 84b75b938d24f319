import ByteIO

/// The names of a data set's files: `PREFIX.idx`, and `PREFIX.bin` or `PREFIX-00000-of-00082.bin` …
///
/// The second number is the last shard's, as in the published sets: 83 shards end in `-00082-of-00082`.
public struct DataFiles: Sendable, Equatable {
  public let prefix: String
  /// `.bin` files in order.
  public let data: [String]
  public var index: String { prefix + ".idx" }
  public var isSharded: Bool { data != [prefix + ".bin"] }

  /// Finds the files of a prefix. A `.bin` or `.idx` at its end, and a shard's number, are taken off first.
  /// Where there are both, the single `.bin` is the data.
  public init(prefix: String) throws {
    self.prefix = Self.bare(prefix)
    guard FileSystem.exists(self.prefix + ".idx") else {
      throw DatasetFailure(
        .format, self.prefix + ".idx", "there is no such file. A data set is named by its path without .bin and .idx.")
    }
    data =
      FileSystem.exists(self.prefix + ".bin") ? [self.prefix + ".bin"] : try Self.shards(of: self.prefix)
  }

  /// The name of shard `index` of `count`.
  public static func shard(_ prefix: String, _ index: Int, of count: Int) -> String {
    "\(prefix)-\(fiveDigits(index))-of-\(fiveDigits(count - 1)).bin"
  }

  /// A prefix without what people copy along with it.
  static func bare(_ path: String) -> String {
    if path.hasSuffix(".idx") { return String(path.dropLast(4)) }
    guard path.hasSuffix(".bin") else { return path }
    let stem = String(path.dropLast(4))
    return shardNumbers(in: Array(stem.utf8)) == nil ? stem : String(stem.dropLast(shardSuffixLength))
  }

  private static func fiveDigits(_ value: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  private static let shardSuffixLength = "-00000-of-00000".count

  /// The numbers of `…-00003-of-00082`.
  private static func shardNumbers(in name: [UInt8]) -> (index: Int, last: Int)? {
    let suffix = Array(name.suffix(shardSuffixLength))
    guard suffix.count == shardSuffixLength, suffix[0] == UInt8(ascii: "-"),
      suffix[6..<10].elementsEqual("-of-".utf8),
      let index = number(suffix[1..<6]), let last = number(suffix[10...])
    else { return nil }
    return (index, last)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(0 as Int?) { value, digit in
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit ? value.map { $0 * 10 + Int(digit - UInt8(ascii: "0")) } : nil
    }
  }

  /// The shards of a prefix: all of them, of one set.
  private static func shards(of prefix: String) throws -> [String] {
    let folder = FileSystem.parent(of: prefix) ?? "."
    let stem = FileSystem.name(of: prefix)
    let found = try FileSystem.names(in: folder).compactMap { name -> (index: Int, last: Int)? in
      guard name.hasSuffix(".bin"), bare(name) == stem else { return nil }
      return shardNumbers(in: Array(name.utf8.dropLast(4)))
    }
    guard let first = found.first else {
      throw DatasetFailure(.shards, prefix + ".bin", "there is no such file, and no \(stem)-00000-of-….bin either")
    }
    if let other = found.first(where: { $0.last != first.last }) {
      throw DatasetFailure(
        .shards, prefix,
        "shards of two sets are mixed, of \(fiveDigits(first.last)) and of \(fiveDigits(other.last)). Remove one set.")
    }
    return try complete(found.map(\.index), last: first.last, prefix)
  }

  private static func complete(_ indices: [Int], last: Int, _ prefix: String) throws -> [String] {
    let present = Set(indices)
    if let extra = present.filter({ $0 > last }).min() {
      throw DatasetFailure(.shards, shard(prefix, extra, of: last + 1), "its number is beyond the last shard's")
    }
    let missing = (0...last).filter { !present.contains($0) }
    guard let first = missing.first else { return (0...last).map { shard(prefix, $0, of: last + 1) } }
    throw DatasetFailure(
      .shards, shard(prefix, first, of: last + 1),
      "the shard is missing (\(missing.count) of \(last + 1) are). Download it, or name another prefix.")
  }
}
