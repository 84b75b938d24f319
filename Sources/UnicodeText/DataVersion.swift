import CICU

/// Names all Unicode data that outputs depend on, for the manifest: the pinned table by its SHA-256, and NFC's version.
///
/// Equal strings promise equal behaviour; ICU's own version is not part of it because ``Normalization`` refuses an ICU
/// that would give other bytes.
public let dataVersion: String =
  "table sha256:" + String(cString: tiresias_character_table_hash()) + ", NFC of Unicode 9.0"

/// SHA-256 of the pinned table.
public let tableSHA256: String = String(cString: tiresias_character_table_hash())

/// The version of ICU that runs, as `72.1`: for logs, not for comparing outputs.
public var libraryVersion: String {
  var text = [CChar](repeating: 0, count: 20)
  tiresias_icu_version(&text)
  return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
