import StructuredText
import Testing

@testable import Tokenization

@Suite struct TokenizerFileTests {
  /// The failure of a small tokenizer's file in which the value at `path` was replaced; nil if it loads.
  private func failure(_ path: [String], _ value: JSONValue?) -> TokenizerFailure? {
    failure(SmallTokenizer.neoX.document.replacing(path[...], by: value))
  }

  private func failure(_ document: JSONValue) -> TokenizerFailure? {
    do {
      _ = try Tokenizer(json: document.serialized(), name: "t.json")
      return nil
    } catch {
      return error as? TokenizerFailure ?? TokenizerFailure(.inconsistent, name: "t.json", reason: "\(error)")
    }
  }

  @Test(
    arguments: [
      ("model.type", "WordPiece"), ("model.dropout", 0.1), ("model.unk_token", "<unk>"), ("model.byte_fallback", true),
      ("model.ignore_merges", true), ("model.fuse_unk", true), ("model.continuing_subword_prefix", "##"),
      ("model.end_of_word_suffix", "</w>"), ("normalizer.type", "NFKC"), ("pre_tokenizer.type", "Whitespace"),
      ("pre_tokenizer.add_prefix_space", true), ("pre_tokenizer.use_regex", false), ("decoder.type", "Metaspace"),
      ("truncation", ["max_length": 5]), ("padding", [:]), ("post_processor.type", "BertProcessing"),
      ("model.novel", 1),
    ] as [(String, JSONValue)])
  func whatBehavesOtherwiseIsRefusedByName(_ key: String, _ value: JSONValue) {
    let path = key.split(separator: ".").map(String.init)
    var document = SmallTokenizer.neoX.document
    if path[0] == "post_processor" { document = document.replacing(["post_processor"], by: [:]) }
    let found = failure(document.replacing(path[...], by: value))
    #expect(found?.code == .unsupported)
    #expect(found?.key == key)
    #expect(found?.description.hasPrefix("t.json: \(key): ") == true)
  }

  @Test(arguments: ["lstrip", "rstrip", "single_word"])
  func addedTokensThatReachFurtherAreRefused(_ flag: String) {
    let found = failure(["added_tokens", "1", flag], true)
    #expect(found?.code == .unsupported && found?.key == "added_tokens[1].\(flag)")
  }

  @Test(
    arguments: [
      (["model", "vocab", "a"], -1), (["model", "vocab", "a"], 4_294_967_296), (["model", "vocab", "a"], 98),
      (["model", "vocab", "a"], "x"), (["model", "vocab", "a"], 1.5), (["model", "vocab", "a"], nil),
      (["model", "vocab"], []),
      (["model", "merges", "0"], "a"), (["model", "merges", "0"], "a b c"), (["model", "merges", "0"], "zz qq"),
      (["model", "merges", "0"], [1, 2]), (["model", "merges", "0"], ["a", ""]), (["model", "merges", "0"], "z q"),
      (["added_tokens", "1", "id"], 0), (["added_tokens", "1", "id"], 16_777_216), (["added_tokens", "1", "id"], 9999),
      (["added_tokens", "1", "content"], ""), (["added_tokens", "1", "content"], "<|endoftext|>"),
      (["added_tokens", "1", "content"], "a"), (["added_tokens"], 7), (["model"], nil), (["model", "merges"], nil),
    ] as [([String], JSONValue?)])
  func contradictionsAreRefused(_ path: [String], _ value: JSONValue?) {
    #expect(failure(path, value) != nil)
  }

  @Test func aMergeThatStandsTwiceIsRefused() {
    guard case .array(let merges)? = SmallTokenizer.neoX.document["model"]?["merges"] else { return }
    #expect(failure(["model", "merges", "1"], merges[0])?.key == "model.merges[1]")
  }

  @Test func whatFilesInUseHaveIsRead() {
    #expect(failure(["model", "type"], nil) == nil)
    #expect(failure(["version"], "1.0") == nil)
    #expect(failure(["normalizer"], .null) == nil)
    #expect(failure(["model", "continuing_subword_prefix"], "") == nil)
    #expect(failure(["post_processor"], ["type": "ByteLevel"]) == nil)
  }

  @Test func idsMayHaveHoles() throws {
    // 'Ŀ' spells a control byte that no merge uses: its id moves beyond all others.
    let document = SmallTokenizer(added: []).document.replacing(["model", "vocab", "Ŀ"], by: 70_000)
    let tokenizer = try Tokenizer(json: document.serialized(), name: "t.json")
    #expect(tokenizer.vocabularySize == 70_001)
    #expect(!tokenizer.contains(69_999))
  }

  @Test func cutAndBrokenFilesAreRefused() throws {
    let bytes = try SmallTokenizer.neoX.document.serialized()
    for length in stride(from: 0, to: bytes.count, by: 997) {
      #expect(throws: JSONFailure.self) { try Tokenizer(json: Array(bytes[..<length]), name: "cut") }
    }
  }
}

extension JSONValue {
  /// A copy with the value at a path of keys and indices replaced, added, or (nil) removed.
  func replacing(_ path: ArraySlice<String>, by value: JSONValue?) -> JSONValue {
    guard let key = path.first else { return value ?? .null }
    let rest = path.dropFirst()
    if case .array(var elements) = self, let index = Int(key) {
      elements[index] = elements[index].replacing(rest, by: value)
      return .array(elements)
    }
    guard case .object(var members) = self else { return .object([JSONMember(key, value ?? .null)]) }
    let index = members.firstIndex { $0.key == key }
    if rest.isEmpty && value == nil { return .object(members.filter { $0.key != key }) }
    let member = JSONMember(key, (index.map { members[$0].value } ?? .object([])).replacing(rest, by: value))
    if let index { members[index] = member } else { members.append(member) }
    return .object(members)
  }
}
