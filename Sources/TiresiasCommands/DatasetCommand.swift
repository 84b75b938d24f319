import ArgumentParser
import TokenDataset

/// `tiresias dataset`: look at, check, split and join token data sets.
struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Shows, checks, hashes, compares, splits and joins token data sets (.bin and .idx).",
    discussion: """
      A data set is named by its path without .bin and .idx; shards PREFIX-00000-of-00082.bin … are found by themselves.
      """,
    subcommands: [
      DatasetInfoCommand.self, DatasetCheckCommand.self, DatasetShardCommand.self, DatasetUnshardCommand.self,
      DatasetHashCommand.self, DatasetCompareCommand.self,
    ])
}

struct DatasetInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Prints type, items, tokens, shards and item lengths.",
    discussion: "  tiresias dataset info data/pile_0.87_deduped_text_document --json")

  @Argument(help: "The data set's path without .bin and .idx.")
  var prefix: String
  @Flag(help: "One JSON object instead of a table.")
  var json = false

  func run() throws {
    let dataset = try TokenDataset(prefix: prefix)
    let statistics = try DatasetStatistics(dataset)
    let rows: [(key: String, label: String, value: Int)] = [
      ("items", "items", statistics.items), ("tokens", "tokens", statistics.tokens),
      ("bytes", "bytes", dataset.byteCount), ("shards", "shards", dataset.files.data.count),
      ("shortest", "shortest item", statistics.shortest), ("median", "median item", statistics.median),
      ("longest", "longest item", statistics.longest), ("empty_items", "empty items", statistics.emptyItems),
    ]
    if json {
      let fields = rows.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
      return print("{\"dtype\": \"\(dataset.tokenType.name)\", \(fields)}")
    }
    print(TextColumns.aligned([("dtype", dataset.tokenType.name)] + rows.map { ($0.label, grouped($0.value)) }))
  }

  /// 207,170,414,058
  private func grouped(_ value: Int) -> String {
    var text = ""
    for (place, digit) in String(value).reversed().enumerated() {
      if place > 0 && place % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return text
  }
}

struct DatasetCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compares sizes, pointers, document marks and file lengths with one another.",
    discussion: """
      Reads the whole .idx, not the tokens. Ends with 1 if something is wrong, and says where.

        tiresias dataset check data/document
      """)

  @Argument(help: "The data set's path without .bin and .idx.")
  var prefix: String

  func run() throws {
    let check = try DatasetCheck(prefix: prefix)
    for note in check.notes { print("note: \(note)") }
    if check.isSound { return print("\(prefix): sound") }
    for fault in check.faults { print("fault: \(fault)") }
    throw DatasetFailure(.length, prefix, "\(check.faultCount) faults; the first: \(check.faults[0])")
  }
}

struct DatasetShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard", abstract: "Splits the .bin into shards, as published data sets have them.",
    discussion: """
      Shards lie beside the .bin and share its .idx, unless --output says otherwise.

        tiresias dataset shard data/document
      """)

  @Argument(help: "The data set's path without .bin and .idx.")
  var prefix: String
  @Option(help: "Path prefix of the shards.")
  var output: String?
  @Option(help: "Bytes of a shard.")
  var shardSize = DatasetSharding.publishedShardSize

  func run() throws {
    let progress = ByteProgress()
    let paths = try DatasetSharding(prefix: prefix, output: output, progress: progress.report).shard(size: shardSize)
    for path in paths { print(path) }
  }
}

struct DatasetUnshardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unshard", abstract: "Joins shards into one .bin.",
    discussion: """
      Nothing here needs joined data; other tools do. The .bin lies beside the shards, unless --output says otherwise.

        tiresias dataset unshard data/document
      """)

  @Argument(help: "The data set's path without .bin and .idx.")
  var prefix: String
  @Option(help: "Path prefix of the .bin.")
  var output: String?

  func run() throws {
    let progress = ByteProgress()
    print(try DatasetSharding(prefix: prefix, output: output, progress: progress.report).unshard())
  }
}
