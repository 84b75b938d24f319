/// A token that is cut out of a text before BPE sees it.
struct AddedToken: Equatable, Sendable {
  let id: UInt32
  /// UTF-8, as the file has it.
  let content: [UInt8]
  let isSpecial: Bool
  /// True if it is looked for in text after NFC, false if in the raw text before.
  let isNormalized: Bool
}
