import ByteIO
import SwapRules
import TestSupport

@testable import Workbench

/// A pack written into a folder of its own.
func pack(_ lexicon: String, more: String = "") throws -> RulePack {
  let folder = TemporaryFolder()
  let text = "schema: 1\npack: p\nversion: 1.0.0\n\(more)\nlexicon:\n\(lexicon)\n"
  try AtomicFile.replace(folder.file("p.yaml"), with: Array(text.utf8))
  return try RulePack.load(path: folder.file("p.yaml"))
}

let pronouns = """
    - {id: he, from: he, to: she}
    - id: his
      from: his
      choose:
        - {id: at-end, when: {next: {any: [end]}}, to: hers}
        - {id: before-and, when: {next: {is: [and]}}, to: hers, uncertain: true}
        - {id: before-a, when: {next: {is: [and, a]}}, to: her}
        - {id: else, to: her}
  """

/// Gives a text to something that reads one.
func withText<Result>(
  _ text: String, subset: String = "", file: Int = 0, line: Int? = 1, _ body: (SourceText) throws -> Result
) rethrows -> Result {
  try Array(text.utf8).withUnsafeBufferPointer {
    try body(SourceText(text: $0, subset: subset, file: file, fileName: "f.jsonl", line: line))
  }
}

/// What a pack decides about a text.
func hits(_ text: String, _ pack: RulePack, subset: String = "", line: Int? = 1) throws -> [Hit] {
  try withText(text, subset: subset, line: line) { source in
    var candidates: [Candidate] = []
    try Matcher(pack).candidates(in: SegmentText(source.text), into: &candidates)
    return candidates.map { Hit($0, in: source, pack) }
  }
}
