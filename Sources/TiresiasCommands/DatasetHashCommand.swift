import ArgumentParser
import ByteIO
import StructuredText
import TokenDataset

/// `tiresias dataset hash`: SHA-256 of a data set's files.
struct DatasetHashCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hash",
    abstract: "Prints the SHA-256 of every shard and of the .idx, in the format of shard_hashes.txt.",
    discussion: """
      One line a file, NAME HASH, as they are done; about 1.5 GB/s. `tiresias dataset compare` checks data against such a \
      list.

        tiresias dataset hash data/pile_0.87_deduped_text_document > hashes.txt
      """)

  @Argument(help: "The data set's path without .bin and .idx.")
  var prefix: String
  @Flag(help: "One JSON object a line.")
  var json = false

  func run() throws {
    let output = StandardOutput()
    let progress = ByteProgress()
    try DatasetHashing(progress: progress.report).forEachHash(ofDataset: prefix) { entry in
      let value: JSONValue = .object(["file": .string(entry.name), "sha256": .string(entry.sha256)])
      try output.write(json ? value.serialized() : Array(entry.line.utf8))
      try output.write([UInt8(ascii: "\n")])
      try output.flush()
    }
  }
}

/// `tiresias dataset compare`: a data set against a list of hashes, or against another data set.
struct DatasetCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Checks a data set against a list of hashes, or token for token against another one.",
    discussion: """
      A list is as `tiresias dataset hash` and shard_hashes.txt have it (what sha256sum prints does too); every file of the \
      data set that it names is checked. Of two data sets the tokens are compared item by item, whatever their shards and \
      types; the first difference is named with item, token and byte. Files that a copy left filled with zeros are recognised. \
      Ends with 3 if something differs.

        tiresias dataset compare data/pile_0.87_deduped_text_document shard_hashes.txt
        tiresias dataset compare data/document other/document
      """)

  @Argument(help: "The data set's path without .bin and .idx.")
  var prefix: String
  @Argument(help: ArgumentHelp("A list of hashes, or another data set's path.", valueName: "list|prefix"))
  var other: String
  @Flag(help: "JSON: one object for each file, or one for two data sets.")
  var json = false

  func run() throws {
    let isDataset = FileSystem.exists(other + ".idx") || other.hasSuffix(".idx") || other.hasSuffix(".bin")
    try isDataset ? compareTokens() : checkHashes(HashList(path: other))
  }

  private func checkHashes(_ list: HashList) throws {
    let progress = ByteProgress()
    var (checked, wrong) = (0, 0)
    try DatasetHashing(progress: progress.report).forEachVerdict(onDataset: prefix, list) { verdict in
      checked += 1
      wrong += verdict.outcome == .same ? 0 : 1
      if json {
        let value: JSONValue = .object([
          "file": .string(verdict.name), "outcome": .string(verdict.outcome.rawValue),
          "detail": .string(verdict.detail),
        ])
        return print(String(decoding: try value.serialized(), as: UTF8.self))
      }
      let word = verdict.outcome == .same ? "ok     " : verdict.outcome == .differs ? "DIFFERS" : "MISSING"
      print("\(word)  \(verdict.name)" + (verdict.detail.isEmpty ? "" : ": \(verdict.detail)"))
    }
    if !json { print("\(prefix): \(checked - wrong) of \(checked) files are as \(other) says") }
    if wrong > 0 { throw ExitCode(3) }
  }

  private func compareTokens() throws {
    let first = try TokenDataset(prefix: prefix, access: .sequential)
    let second = try TokenDataset(prefix: other, access: .sequential)
    let result = try DatasetComparison(first, second)
    if json {
      let value: JSONValue = .object([
        "same": .bool(result.isSame), "tokens_compared": .integer(Int64(result.tokens)),
        "difference": result.difference.map { .string($0) } ?? .null,
      ])
      print(String(decoding: try value.serialized(), as: UTF8.self))
    } else {
      print(
        result.difference ?? "\(prefix) and \(other) have the same \(result.tokens) tokens in \(first.itemCount) items")
    }
    if !result.isSame { throw ExitCode(3) }
  }
}
