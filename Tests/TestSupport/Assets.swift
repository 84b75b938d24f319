import Glibc

/// Material that a fresh machine does not have: tests that need it skip by name.
public enum Assets {
  /// The folder named by `TIRESIAS_ASSETS` (originals and real text), or nil.
  public static let folder = directory("TIRESIAS_ASSETS")
  /// The folder named by `TIRESIAS_GOLDEN` (vectors made by GPT-NeoX), or nil.
  public static let golden = directory("TIRESIAS_GOLDEN")
  /// The 20B tokenizer: from the assets, or where `make setup` puts it.
  public static let tokenizer: String? = [
    folder.map { $0 + "/tokenizer/20B_tokenizer.json" }, root + "/assets/20B_tokenizer.json",
  ]
  .compactMap { $0 }.first { access($0, R_OK) == 0 }
  /// The repository's root folder.
  public static let root = #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }

  private static func directory(_ variable: String) -> String? {
    guard let value = getenv(variable) else { return nil }
    let path = String(cString: value)
    return access(path, R_OK) == 0 ? path : nil
  }
}
