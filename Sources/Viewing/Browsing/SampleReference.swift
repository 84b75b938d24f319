import ByteIO

/// A name for one sample that lasts as long as the manifest: `tiresias:3f5a…:133500:17`.
///
/// The first 16 hexadecimal digits of the SHA-256 of `manifest.json` (what `sha256sum` prints), a step and a row. The manifest names
/// everything that made the sample, and is the same for the same inputs: so the name is the same on every machine.
public struct SampleReference: Sendable, Equatable, CustomStringConvertible {
  /// Of the manifest: 16 digits or more.
  public let hash: String
  public let step: Int
  public let row: Int

  static let digits = 16

  public init(manifestHash: String, step: Int, row: Int) {
    (hash, self.step, self.row) = (String(manifestHash.prefix(Self.digits)), step, row)
  }

  /// Reads one back; the hash may be given in full. Spaces around it do not matter.
  public init(_ text: String) throws {
    let parts = text.drop { $0 == " " }.prefix { $0 != " " && $0 != "\n" }
      .split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let isHexadecimal = { (text: String) in
      text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
    guard parts.count == 4, parts[0] == "tiresias", (Self.digits...64).contains(parts[1].utf8.count),
      isHexadecimal(parts[1]), let step = Self.number(parts[2]), let row = Self.number(parts[3])
    else {
      throw ViewingFailure(
        "'\(text.prefix(100))'",
        "this is no reference to a sample, which looks like tiresias:0123456789abcdef:133500:17")
    }
    (hash, self.step, self.row) = (parts[1], step, row)
  }

  private static func number(_ text: String) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text).flatMap { $0 < 1 << 52 ? $0 : nil } : nil
  }

  /// Throws unless the reference is to a sample of this manifest.
  public func check(manifestPath: String) throws {
    let sha256 = try SHA256.hash(file: manifestPath)
    guard sha256.hasPrefix(hash) else {
      throw ViewingFailure(
        description,
        "it is of another manifest: the SHA-256 of \(manifestPath) begins with \(sha256.prefix(Self.digits))")
    }
  }

  public var description: String { "tiresias:\(hash):\(step):\(row)" }
}
