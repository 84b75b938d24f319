import ArgumentParser
import BiasEvaluation
import Pipeline
import Planning

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score checkpoints on bias benchmarks: CrowS-Pairs, WinoBias, a pronoun probe, LAMBADA, held-out loss.",
    discussion: """
      A checkpoint is a Hugging Face folder of a GPT-NeoX model: config.json and safetensors. For each one, OUTPUT gets a \
      results file in the shape of lm-evaluation-harness, with a fingerprint of all that the scores depend on, and the \
      scores of every item in OUTPUT/items. What is scored already is not scored again, and a run that was interrupted \
      goes on where it was.

      Benchmarks:
      \(BenchmarkRegistry.entries.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      Examples:
        tiresias evaluate --model models/pythia-410m-deduped --step 143000 --output out/scores
        tiresias evaluate --checkpoints 'models/m2f/step*' --benchmark crows-pairs --output out/scores
        tiresias evaluate --manifest out/m2f/manifest.json --model models/m2f --output out/scores
        tiresias evaluate --model runs/m2f-2/step600 --name tiny --arm m2f --seed 2 --output out/scores
      """)

  @OptionGroup var request: EvaluationOptions

  @Option(help: "Threads that work.")
  var threads = Workers.available

  @OptionGroup var log: LogOptions

  func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads must be at least 1, not \(threads).") }
  }

  func run() throws {
    let observer = EvaluationProgress(style: log.progress)
    var job = try request.job(note: observer.note)
    job.threads = threads
    for report in try job.run(observer) { print(EvaluationText(report).text) }
  }
}
