import SwapRules
import TestSupport

/// A pack written into a folder of its own, with more files beside it.
func pack(_ text: String, files: [String: String] = [:], name: String = "pack.yaml") throws -> RulePack {
  let folder = TemporaryFolder()
  for (path, text) in files.merging([name: text], uniquingKeysWith: { $1 }) { try write(text, folder.file(path)) }
  return try RulePack.load(path: folder.file(name))
}

/// The message that loading a pack ends in, without its folder.
func refusal(_ text: String, files: [String: String] = [:]) -> String {
  let folder = TemporaryFolder()
  do {
    for (path, text) in files.merging(["pack.yaml": text], uniquingKeysWith: { $1 }) {
      try write(text, folder.file(path))
    }
    _ = try RulePack.load(path: folder.file("pack.yaml"))
    return "accepted"
  } catch {
    return "\(error)".replacing(folder.path + "/", with: "")
  }
}

/// A pack with this lexicon and nothing else.
func lexicon(_ lexicon: String, more: String = "") -> String {
  "schema: 1\npack: p\nversion: 1.0.0\n\(more)\nlexicon:\n\(lexicon)\n"
}

extension RulePack {
  func apply(_ text: String) throws -> String {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer {
      let candidates = try decide($0)
      return String(decoding: applying(candidates, to: SegmentText($0)), as: UTF8.self)
    }
  }

  func decide(
    _ bytes: UnsafeBufferPointer<UInt8>, leading: SegmentText.Edge = .end, trailing: SegmentText.Edge = .end
  ) throws -> [Candidate] {
    var candidates: [Candidate] = []
    try Matcher(self).candidates(in: SegmentText(bytes, leading: leading, trailing: trailing), into: &candidates)
    return candidates
  }

  /// For each candidate of a text, what decided it.
  func rules(
    _ text: String, leading: SegmentText.Edge = .end, trailing: SegmentText.Edge = .end
  ) throws -> [String] {
    try rules(Array(text.utf8), leading: leading, trailing: trailing)
  }

  func rules(
    _ bytes: [UInt8], leading: SegmentText.Edge = .end, trailing: SegmentText.Edge = .end
  ) throws -> [String] {
    try bytes.withUnsafeBufferPointer { try decide($0, leading: leading, trailing: trailing).map(rule) }
  }
}

func shippedPack() throws -> RulePack { try RulePack.load(path: Assets.root + "/rules/pronouns-m2f.yaml") }
