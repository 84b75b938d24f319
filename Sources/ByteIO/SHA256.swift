import CCrypto

/// SHA-256 (FIPS 180-4) over bytes as they come, by OpenSSL's libcrypto.
public final class SHA256 {
  private var state = tiresias_sha256()

  public init() { tiresias_sha256_start(&state) }

  /// The digest of everything so far; more can come behind it.
  public func soFar() -> String {
    let copy = SHA256()
    copy.state = state
    return copy.finish()
  }

  public func update(_ bytes: UnsafeRawBufferPointer) {
    tiresias_sha256_update(&state, bytes.baseAddress, bytes.count)
  }

  /// Updates two with the same bytes: a part's hash, and that of the whole. Little slower than one alone where both have seen
  /// a multiple of 64 bytes and the processor has instructions for SHA-256.
  public static func update(_ one: SHA256, _ other: SHA256, _ bytes: UnsafeRawBufferPointer) {
    tiresias_sha256_update_both(&one.state, &other.state, bytes.baseAddress, bytes.count)
  }

  /// The digest of everything so far as 64 lower-case hexadecimal digits; the object is spent.
  public func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    tiresias_sha256_finish(&state, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  public static func hash(_ bytes: UnsafeRawBufferPointer) -> String {
    let hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  public static func hash(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hash($0) } }

  /// What `sha256sum` prints for a file. Reads it once, in 1 MiB pieces.
  public static func hash(file path: String) throws -> String {
    let file = try InputFile(path)
    let hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { return hash.finish() }
      hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
