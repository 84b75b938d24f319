import StructuredText
import SwapRules

/// A line of 'rules apply --edits'.
enum RulesEditLine {
  static func bytes(of candidate: Candidate, in segment: SegmentText, _ pack: RulePack) -> [UInt8] {
    var writer = JSONWriter()
    writer.bytes += "{\"start\":\(candidate.start),\"end\":\(candidate.end),\"from\":".utf8
    writer.write(segment.bytes[candidate.start..<candidate.end])
    switch candidate.verdict {
    case .replace:
      writer.bytes += ",\"to\":".utf8
      writer.write(pack.replacement(of: candidate, in: segment))
    case .keep(let reason):
      writer.bytes += ",\"kept\":".utf8
      writer.write(Array(pack.name(of: reason).utf8))
    }
    writer.bytes += ",\"rule\":".utf8
    writer.write(Array(pack.entries[Int(candidate.entry)].id.utf8))
    if candidate.isReplaced {
      writer.bytes += ",\"branch\":".utf8
      writer.write(Array(pack.branches[Int(candidate.branch)].id.utf8))
    }
    if candidate.isUncertain { writer.bytes += ",\"uncertain\":true".utf8 }
    return writer.bytes + "}\n".utf8
  }
}
