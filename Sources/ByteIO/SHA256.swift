import CCrypto

/// SHA-256 (FIPS 180-4) over bytes as they come, by OpenSSL's libcrypto.
public final class SHA256 {
  private let context: OpaquePointer

  public init() {
    context = EVP_MD_CTX_new()
    precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
  }

  /// Another that has seen the same bytes.
  private init(_ other: SHA256) {
    context = EVP_MD_CTX_new()
    precondition(EVP_MD_CTX_copy_ex(context, other.context) == 1, "libcrypto is out of memory")
  }

  /// The digest of everything so far; more can come behind it.
  public func soFar() -> String { SHA256(self).finish() }

  deinit { EVP_MD_CTX_free(context) }

  public func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// Updates two with the same bytes: a part's hash, and that of the whole. The second finds them in a near cache.
  public static func update(_ one: SHA256, _ other: SHA256, _ bytes: UnsafeRawBufferPointer) {
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + pieceSize, bytes.count)])
      one.update(piece)
      other.update(piece)
    }
  }

  private static let pieceSize = 64 << 10

  /// The digest of everything so far as 64 lower-case hexadecimal digits; the object is spent.
  public func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
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
