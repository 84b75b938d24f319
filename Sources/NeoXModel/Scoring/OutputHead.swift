/// Asks the output head about rows of a batch. The logits of a tile of the vocabulary are used and forgotten: there never is
/// a matrix of them.
struct OutputHead: ~Copyable {
  private let pass: ForwardPass
  private let logits: AlignedMemory<Float>

  struct Answers {
    /// For each asked row.
    var rows: [LogSumExp]
    /// For each target.
    var logits: [Float]

    /// Natural logarithm of a target's probability.
    func logProbability(target: Int, row: Int) -> Double { Double(logits[target]) - rows[row].value }
  }

  init(_ pass: ForwardPass) {
    self.pass = pass
    logits = AlignedMemory(count: Product.rows * pass.model.head.tileWidth)
  }

  /// Answers for the batch that the pass ran last; what it computed besides its output is overwritten.
  func answer(_ questions: Questions) throws -> Answers {
    normalise(questions.rows)
    var answers = Answers(
      rows: Array(repeating: LogSumExp(), count: questions.rows.count),
      logits: Array(repeating: 0, count: questions.targets.count))
    // For each row its next target.
    var cursors = Array(questions.starts.dropLast())
    let head = pass.model.head
    for tile in head.tiles {
      for first in stride(from: 0, to: questions.rows.count, by: Product.rows) {
        try head.run(tile, row: first, of: pass.narrow, result: logits.pointer, on: pass.stream)
        for row in first..<min(first + Product.rows, questions.rows.count) {
          let columns = logits.pointer + (row - first) * tile.outputs
          answers.rows[row].add(columns, tile.outputs, firstColumn: tile.firstOutput)
          take(columns, tile, questions, until: questions.starts[row + 1], &cursors[row], &answers.logits)
        }
      }
    }
    return answers
  }

  private func normalise(_ rows: [Int32]) {
    let size = pass.model.configuration.hiddenSize
    for (index, row) in rows.enumerated() {
      pass.model.finalNorm.normalise(pass.output(Int(row)), pass.narrow.floats + index * size, size)
    }
    pass.narrow.prepare(rows.count * size)
  }

  /// Copies the logits of the targets that lie in this tile.
  private func take(
    _ columns: UnsafePointer<Float>, _ tile: Linear.Tile, _ questions: Questions, until end: Int, _ cursor: inout Int,
    _ logits: inout [Float]
  ) {
    while cursor < end {
      let column = Int(questions.targets[cursor].token) - tile.firstOutput
      if column >= tile.outputs { return }
      logits[cursor] = columns[column]
      cursor += 1
    }
  }
}
