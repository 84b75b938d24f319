import Synchronization

/// Puts texts through the model, part by part on several threads.
extension Scorer {
  struct Answer: Sendable {
    var logProbability = 0.0
    var isGreedy = false
  }

  /// One answer for every target of the texts, at its slot.
  func answer(_ texts: [Forest.Text], slotCount: Int, progress: Progress?) throws -> [Answer] {
    let parts = Forest.parts(texts, capacity: partCapacity(texts.reduce(0) { $0 + $1.tokens.count }))
    let rotary = rotary(positions: texts.map(\.tokens.count).max() ?? 0)
    let capacity = parts.map(\.batch.count).max() ?? 0
    let meter = Meter(total: parts.reduce(0) { $0 + $1.textTokens }, report: progress)
    let model = try model
    let found = try Workers.map(
      parts.indices, threads: threads,
      makeState: {
        (
          pass: try ForwardPass(model, capacity: capacity, rotary: rotary),
          store: KeyValueStore(rows: capacity, model.configuration, keepsLayers: false)
        )
      },
      { worker, index in
        try worker.pass.run(parts[index].batch, worker.store)
        let answers = try OutputHead(worker.pass).answer(parts[index].questions)
        meter.add(parts[index].textTokens)
        return try answers.probabilities(parts[index].questions, of: checkpoint)
      })
    var answers = Array(repeating: Answer(), count: slotCount)
    for (slot, answer) in found.joined() { answers[slot] = answer }
    return answers
  }

  func rotary(positions: Int) -> Rotary {
    Rotary(
      dimensions: checkpoint.configuration.rotaryDimensions, base: checkpoint.configuration.rotaryBase,
      positions: positions)
  }

  /// Tokens of a part: enough that weights are read rarely, few enough for the memory of all threads (about ten times the
  /// hidden size each) to stay below 200 MB, and for every thread to get some parts.
  private func partCapacity(_ tokens: Int) -> Int {
    let bytes = checkpoint.configuration.hiddenSize * 10 * MemoryLayout<Float>.stride
    let wanted = min(1024, 200_000_000 / (bytes * threads), tokens / (threads * 4))
    return max(1, wanted / Product.rows) * Product.rows
  }
}

extension OutputHead.Answers {
  /// By slot. Throws where the model gives something that is no number.
  func probabilities(_ questions: Questions, of checkpoint: Checkpoint) throws -> [(slot: Int, Scorer.Answer)] {
    try rows.indices.flatMap { row in
      try (questions.starts[row]..<questions.starts[row + 1]).map { index in
        let target = questions.targets[index]
        let value = logProbability(target: index, row: row)
        guard value.isFinite else {
          throw ModelFailure(
            .tensor, checkpoint.folder, "the model gives \(value) as a log-probability: its weights are too large")
        }
        return (target.slot, Scorer.Answer(logProbability: value, isGreedy: rows[row].column == Int(target.token)))
      }
    }
  }
}

/// Counts what all threads have done.
final class Meter: Sendable {
  private let done = Mutex(0)
  private let total: Int
  private let report: Scorer.Progress?

  init(total: Int, report: Scorer.Progress?) {
    self.total = total
    self.report = report
  }

  func add(_ count: Int) {
    guard let report else { return }
    done.withLock {
      $0 += count
      report($0, total)
    }
  }
}
