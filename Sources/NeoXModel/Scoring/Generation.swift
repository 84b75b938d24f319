/// Greedy generation: `transformers.generate` with `do_sample=False`.
extension Scorer {
  /// What greedy generation appends to each prompt: always the most probable token, of equal ones the lowest id.
  ///
  /// A continuation ends before the token `end` (not included), after `maxTokens` tokens, or once `isComplete` says so of the
  /// prompt's index and the tokens so far; it is called from many threads. Keys and values are kept for as many prompts at a
  /// time as fit into memory that the packed weights leave free.
  ///
  /// Throws as ``logLikelihoods(_:progress:)``; prompt and `maxTokens` together must fit into the model's positions.
  public func continuations(
    of prompts: [[Int32]], maxTokens: Int, end: Int32? = 0,
    until isComplete: (@Sendable (_ prompt: Int, _ tokens: [Int32]) -> Bool)? = nil, progress: Progress? = nil
  ) throws -> [[Int32]] {
    for (index, prompt) in prompts.enumerated() {
      try checkContext(prompt, "prompt \(index)")
      try checkLength(prompt.count + max(0, maxTokens), "prompt \(index) and its continuation")
    }
    guard maxTokens > 0 else { return prompts.map { _ in [] } }
    let texts = prompts.enumerated().map { index, prompt in
      // The most probable token is known of every row that is asked about, whatever is asked.
      Forest.Text(tokens: prompt[...], questions: [Forest.Question(after: prompt.count - 1, 0, slot: index)])
    }
    let parts = Forest.parts(texts, capacity: generationCapacity, reserve: maxTokens)
    let rotary = rotary(positions: (prompts.map(\.count).max() ?? 0) + maxTokens)
    let meter = Meter(total: parts.reduce(0) { $0 + $1.textTokens }, report: progress)
    try pack()
    let found = try Workers.map(parts.indices, threads: threads) { index in
      let generation = try Generation(parts[index], self, rotary: rotary, maxTokens: maxTokens, end: end, isComplete)
      defer { meter.add(parts[index].textTokens) }
      return try generation.run()
    }
    var continuations: [[Int32]] = Array(repeating: [], count: prompts.count)
    for (prompt, tokens) in found.joined() { continuations[prompt] = tokens }
    return continuations
  }

  /// Tokens of the prompts and their continuations that are under way together in one thread.
  private var generationCapacity: Int {
    let configuration = checkpoint.configuration
    // The embedding stays in the file: its share of the weights' memory is free.
    let free = 100_000_000 + configuration.vocabularySize * configuration.hiddenSize * 3
    let row = 2 * configuration.hiddenSize * configuration.layerCount * MemoryLayout<Float>.stride
    return min(2048, max(Product.rows, free / (row * threads)))
  }
}

/// Some prompts on their way, one token each at a time.
private struct Generation: ~Copyable {
  private let part: Forest.Part
  private let pass: ForwardPass
  private let head: OutputHead
  private let store: KeyValueStore
  private let maxTokens: Int
  private let end: Int32?
  private let isComplete: (@Sendable (Int, [Int32]) -> Bool)?
  private var finished: [(prompt: Int, tokens: [Int32])] = []

  private struct Line {
    let prompt: Int
    var tokens: [Int32] = []
    /// Rows of keys and values, by position.
    var path: [Int32]
  }

  init(
    _ part: Forest.Part, _ scorer: Scorer, rotary: Rotary, maxTokens: Int, end: Int32?,
    _ isComplete: (@Sendable (Int, [Int32]) -> Bool)?
  ) throws {
    let prompts = part.questions.targets.count
    self.part = part
    self.maxTokens = maxTokens
    self.end = end
    self.isComplete = isComplete
    pass = try ForwardPass(try scorer.model, capacity: max(part.batch.count, prompts), rotary: rotary)
    head = OutputHead(pass)
    store = KeyValueStore(
      rows: part.batch.count + prompts * (maxTokens - 1), scorer.checkpoint.configuration, keepsLayers: true)
  }

  consuming func run() throws -> [(prompt: Int, tokens: [Int32])] {
    try pass.run(part.batch, store)
    var lines = try firstLines()
    var row = part.batch.count
    while !lines.isEmpty {
      let batch = nextBatch(&lines, firstRow: row)
      row += batch.count
      try pass.run(batch, store)
      lines = try extend(lines)
    }
    return finished
  }

  /// The prompts with their first tokens, without those that end there.
  private mutating func firstLines() throws -> [Line] {
    let answers = try head.answer(part.questions)
    var lines: [Line] = []
    for (index, row) in part.questions.rows.enumerated() {
      let start = Int(part.batch.pathStarts[Int(row)])
      let path = Array(part.batch.paths[start...start + Int(part.batch.positions[Int(row)])])
      for target in part.questions.targets[part.questions.starts[index]..<part.questions.starts[index + 1]] {
        var line = Line(prompt: target.slot, path: path)
        if try continues(&line, answers.rows[index]) { lines.append(line) }
      }
    }
    return lines
  }

  /// The last token of every line.
  private func nextBatch(_ lines: inout [Line], firstRow: Int) -> Batch {
    var batch = Batch(firstRow: firstRow)
    for index in lines.indices {
      batch.positions.append(Int32(lines[index].path.count))
      batch.pathStarts.append(Int32(batch.paths.count))
      lines[index].path.append(Int32(firstRow + index))
      batch.tokens.append(lines[index].tokens.last ?? 0)
      batch.paths += lines[index].path
    }
    return batch
  }

  private mutating func extend(_ lines: [Line]) throws -> [Line] {
    var questions = Questions()
    for index in lines.indices { questions.ask(row: Int32(index)) }
    let answers = try head.answer(questions)
    var rest: [Line] = []
    for (index, line) in lines.enumerated() {
      var line = line
      if try continues(&line, answers.rows[index]) { rest.append(line) }
    }
    return rest
  }

  /// Takes the most probable token; false if the line is finished.
  private mutating func continues(_ line: inout Line, _ next: LogSumExp) throws -> Bool {
    guard next.value.isFinite else {
      throw ModelFailure(.tensor, "prompt \(line.prompt)", "the model gives \(next.value): its weights are too large")
    }
    let token = Int32(next.column)
    if token != end { line.tokens.append(token) }
    let goesOn = token != end && line.tokens.count < maxTokens && isComplete?(line.prompt, line.tokens) != true
    if !goesOn { finished.append((line.prompt, line.tokens)) }
    return goesOn
  }
}
