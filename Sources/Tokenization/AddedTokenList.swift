import StructuredText
import UnicodeText

/// Reads and checks `added_tokens`.
enum AddedTokenList {
  static func read(_ root: JSONNode, _ ids: SpellingTable) throws -> [AddedToken] {
    guard let node = try root.optionalMember("added_tokens"), !node.isNull else { return [] }
    let modelIDs = Set(ids.values)
    // The reference numbers content that the model does not know by itself, whatever the file says.
    var next = UInt32(ids.count)
    var seenContents = Set<[UInt8]>()
    let normalizes = try TokenizerSettings.normalizes(root)
    return try node.elements().map { node in
      let token = try read(node, normalizes: normalizes)
      if !seenContents.insert(token.content).inserted { throw node.inconsistent("this content stands twice") }
      let expected = ids.id(of: token.content) ?? next
      if token.id != expected || (ids.id(of: token.content) == nil && modelIDs.contains(expected)) {
        throw node.inconsistent(
          "id \(token.id): by the model's vocabulary and the tokens before it must be \(expected)")
      }
      next = max(next, token.id + 1)
      return token
    }
  }

  private static func read(_ node: JSONNode, normalizes: Bool) throws -> AddedToken {
    for key in ["single_word", "lstrip", "rstrip"] {
      guard let flag = try node.optionalMember(key), try flag.bool() else { continue }
      throw flag.unsupported("only false is supported")
    }
    try node.requireKeys(["id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"])
    let content = try node.member("content")
    let special = try node.optionalMember("special")?.bool() ?? false
    let normalized = try node.optionalMember("normalized")?.bool() ?? !special
    return AddedToken(
      id: UInt32(try node.member("id").int(in: 0...TokenizerFile.idLimit - 1)),
      content: try bytes(content, asNFC: normalizes && normalized), isSpecial: special, isNormalized: normalized)
  }

  /// The content to look for. A token that is sought in NFC text would be sought as NFC: it must be NFC already.
  private static func bytes(_ node: JSONNode, asNFC: Bool) throws -> [UInt8] {
    let bytes = Array(try node.string().utf8)
    if bytes.isEmpty { throw node.inconsistent("the empty token") }
    if asNFC, try !bytes.withUnsafeBufferPointer({ try Normalization.shared().isNormalized($0) }) {
      throw node.unsupported("an added token must be NFC where text is normalized to NFC")
    }
    return bytes
  }
}
