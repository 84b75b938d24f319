import ArgumentParser
import ByteIO
import Corpus
import Planning
import SwapRules

struct LearnTableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn-table",
    abstract: "Learns from raw text which words around 'her' mean 'him' and which 'his'.",
    discussion: """
      Other pronouns say by their spelling what 'her' does not: 'him', 'me', 'us' and 'them' stand where 'her' is 'him'; \
      'his', 'my', 'our' and 'their' stand where it is 'his'. Their contexts in the corpus train a logistic regression, \
      whose largest weights are the table. Every tenth document is held back to measure on.

      The corpus is files of JSON lines, plain or .zst, or folders of them. The same corpus and options give the same bytes.

      Example:
        tiresias rules learn-table data/pile-like --output rules/tables/her-object.tsv
      """)

  @Argument(help: ArgumentHelp("Files or folders of the corpus.", valueName: "corpus"))
  var corpus: [String]

  @Option(help: ArgumentHelp("The table to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Words to learn from, as positive/negative; can be repeated. (default: him/his me/my us/our them/their)",
      valueName: "pair"))
  var pair: [WordPair] = []

  @Option(help: ArgumentHelp("Leave out features seen less often.", valueName: "n"))
  var minCount = LearningPlan.english.minimumCount

  @Option(help: ArgumentHelp("Keep so many weights, the largest.", valueName: "n"))
  var rows = LearningPlan.english.maximumRows

  @Option(help: ArgumentHelp("Round weights to multiples of this.", valueName: "log-odds"))
  var step = LearningPlan.english.step

  @Option(help: ArgumentHelp("What the corpus is called in the table. (default: its file name)", valueName: "name"))
  var corpusName: String?

  @Option(help: "What to do with a line of the corpus that cannot be read: stop, or skip it and count it.")
  var onError = ErrorPolicy.stop

  func validate() throws {
    for words in pair {
      if words.text != words.text.lowercased() {
        throw ValidationError("--pair \(words.text): give words in lower case.")
      }
      if words.pair.positive == words.pair.negative { throw ValidationError("--pair \(words.text): give two words.") }
    }
    try refuseRepeatedWords()
    if minCount < 1 { throw ValidationError("--min-count \(minCount): give a number from 1.") }
    if !(1...20_000).contains(rows) { throw ValidationError("--rows \(rows): give a number from 1 to 20000.") }
    if step.thousandths < 1 { throw ValidationError("--step \(step): give a number above 0.") }
    if let corpusName, corpusName.contains("\n") { throw ValidationError("--corpus-name: give one line.") }
  }

  /// The learner tells contexts by the word that stands in them, so that no word can be of two pairs.
  private func refuseRepeatedWords() throws {
    var seen: [String: WordPair] = [:]
    for pair in pair {
      for word in [pair.pair.positive, pair.pair.negative] {
        // To the learner ’ and ' are one.
        let first = seen.updateValue(pair, forKey: String(word.map { $0 == "’" ? "'" : $0 }))
        guard let first else { continue }
        throw ValidationError("--pair \(pair.text): '\(word)' stands in --pair \(first.text) too; give each word once.")
      }
    }
  }

  func run() throws {
    try OutputPath.refuse(output, ifAmong: CorpusFile.list(corpus).map(\.path))
    let learner = try learner()
    let reader = try DocumentReader(corpus, policy: onError)
    while let document = try reader.read() { learner.read(document.text) }
    print("\(learner.contexts) contexts in \(learner.documents) documents")
    if reader.skipped.total > 0 {
      StandardError.say(
        reader.skipped.total == 1 ? "1 line was left out" : "\(reader.skipped.total) lines were left out")
    }
    guard learner.contexts > 0 else {
      throw IOFailure("write", output, reason: "none of the words to learn from stands in the corpus.")
    }
    var model = learner.learn()
    model.table.notes = try notes(learner, model, reader)
    try AtomicFile.replace(FileSystem.destination(of: output), with: model.table.bytes)
    print(LearnTableFigures.text(of: model) + "\n\(output)")
  }

  /// What is wrong with the plan is wrong with its words: a place in it is none that anybody could go to.
  private func learner() throws -> ContextLearner {
    do {
      return try ContextLearner(plan)
    } catch let failure as RulesFailure where failure.code == .definition && !pair.isEmpty {
      throw RulesFailure(failure.code, at: nil, "--pair: \(failure.message)")
    }
  }

  private var plan: LearningPlan {
    var plan = LearningPlan.english
    if !pair.isEmpty { plan.pairs = pair.map(\.pair) }
    plan.minimumCount = minCount
    plan.maximumRows = rows
    plan.step = step
    return plan
  }

  private func notes(_ learner: ContextLearner, _ model: LearntModel, _ reader: DocumentReader) throws -> [String] {
    let pairs = learner.plan.pairs.map { "\($0.positive)/\($0.negative)" }.joined(separator: " ")
    return [
      "corpus: \(corpusName ?? inputNames.joined(separator: " "))",
      "command: " + command(hasSkipped: reader.skipped.total > 0), "pairs: \(pairs)",
    ] + (try reader.files.map { "input: \($0.name) sha256 \(try SHA256.hash(file: $0.path))" })
      + ["documents: \(learner.documents)"] + LearnTableFigures.lines(of: model)
  }

  /// Names only: the same corpus in another folder gives the same bytes.
  private var inputNames: [String] { corpus.map { $0.split(separator: "/").last.map { String($0) } ?? $0 } }

  /// What gives the same bytes again: what changes them is said even where the rest is as it is without options.
  private func command(hasSkipped: Bool) -> String {
    var words = ["tiresias", "rules", "learn-table"] + inputNames + ["--output", "FILE"]
    words += ["--min-count", "\(minCount)", "--rows", "\(rows)", "--step", "\(step)"]
    if plan.pairs != LearningPlan.english.pairs { words += pair.flatMap { ["--pair", $0.text] } }
    if let corpusName { words += ["--corpus-name", corpusName] }
    if hasSkipped { words += ["--on-error", onError.rawValue] }
    return words.map(ShellWord.quoted).joined(separator: " ")
  }
}

/// `him/his`.
struct WordPair: ExpressibleByArgument {
  let pair: LearningPlan.Pair
  var text: String { "\(pair.positive)/\(pair.negative)" }

  init?(argument: String) {
    let words = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard words.count == 2, words.allSatisfy({ !$0.isEmpty }) else { return nil }
    pair = LearningPlan.Pair(positive: String(words[0]), negative: String(words[1]))
  }
}

extension LogOdds: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// How well a table does.
enum LearnTableFigures {
  static func text(of model: LearntModel) -> String { lines(of: model).joined(separator: "\n") }

  static func lines(of model: LearntModel) -> [String] {
    [
      "features: \(model.features), of which \(model.table.weightCount) have a weight here",
      "trained on: " + line(model.training), "held back: " + line(model.heldBack),
    ]
  }

  private static func line(_ score: LearntModel.Score) -> String {
    let share = LogOdds(thousandths: Int32((score.accuracy * 100_000).rounded()))
    return "\(score.contexts) contexts, \(score.positive) of them positive, \(share) % right"
  }
}
