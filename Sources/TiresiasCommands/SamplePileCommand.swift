import ArgumentParser
import Corpus

struct SamplePileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample-pile",
    abstract: "Write a synthetic Pile of any size.",
    discussion: """
      The text comes from a grammar that was written for this project: prose with pronouns in every position and case, \
      dialogue, court opinions, mail, chat, wiki articles, code, a dozen languages, and whatever else the Pile makes readers \
      stumble over, under the Pile's 22 subset names and in roughly its shares. About 4.3 kB of text a document.

      The same arguments give the same bytes. Document i depends on the seed and i alone: a larger sample begins with the \
      smaller one, and the shards, read in the order of their names, hold the same documents however many there are.

      Example, 43 MB of text in sample/00.jsonl.zst and sample/01.jsonl.zst:

        tiresias sample-pile --output sample --documents 10000 --seed 1 --shards 2
        zstdcat sample/00.jsonl.zst | head -n 1
      """)

  @Option(help: ArgumentHelp("Folder for the files; made if missing.", valueName: "dir"))
  var output: String

  @Option(help: ArgumentHelp("How many documents.", valueName: "n"))
  var documents: Int

  @Option(help: ArgumentHelp("Another seed gives another sample.", valueName: "s"))
  var seed: UInt64

  @Option(help: ArgumentHelp("Number of files.", valueName: "k"))
  var shards = 1

  @Option(help: "zst compresses as the Pile does; jsonl does not.")
  var format = SamplePile.Format.zst

  func validate() throws {
    if documents < 0 { throw ValidationError("--documents \(documents): give a number from 0.") }
    if !(1...10_000).contains(shards) { throw ValidationError("--shards \(shards): give a number from 1 to 10000.") }
  }

  func run() throws {
    let done = try SamplePile(seed: seed).write(to: output, documents: documents, shards: shards, format: format)
    print("\(done.documents) documents, \(done.textBytes) bytes of text in \(done.shards) files: \(output)")
  }
}

extension SamplePile.Format: ExpressibleByArgument {}
