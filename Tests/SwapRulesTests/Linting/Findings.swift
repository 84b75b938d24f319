import StructuredText
import SwapRules
import TestSupport

/// What `rules check` says of a pack: `LINE:COLUMN severity message [lint]`, the files' folder left out.
func findings(_ text: String, files: [String: String] = [:], name: String = "pack.yaml") throws -> [String] {
  let folder = TemporaryFolder()
  for (path, text) in files.merging([name: text], uniquingKeysWith: { $1 }) { try write(text, folder.file(path)) }
  return try PackCheck.findings(path: folder.file(name)).map { finding in
    let file = finding.place.file.replacing(folder.path + "/", with: "")
    let place = (file == name ? "" : file + ":") + "\(finding.place.line):\(finding.place.column)"
    return
      "\(place) \(finding.severity.rawValue) \(finding.message.replacing(folder.path + "/", with: "")) [\(finding.lint)]"
  }
}

let schemaLine = "# yaml-language-server: $schema=./schema.json\n"

/// A pack with this lexicon, of which only these lints speak.
func findings(of lints: String..., lexicon: String, more: String = "") throws -> [String] {
  try findings(schemaLine + "schema: 1\npack: p\nversion: 1.0.0\n\(more)\nlexicon:\n\(lexicon)\n")
    .filter { finding in lints.contains { finding.hasSuffix("[\($0)]") } }
}
