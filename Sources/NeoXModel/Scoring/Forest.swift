/// Texts, cut into batches in which beginnings that several share stand once.
///
/// Sorted texts are a walk through their trie: each shares its longest beginning with the one before it.
struct Forest {
  /// One text that goes through the model, and what is asked behind its tokens.
  struct Text {
    /// All tokens whose next one is of interest, or that come before such a one.
    var tokens: ArraySlice<Int32>
    var questions: [Question]
  }

  /// What is asked behind the token at a position.
  struct Question {
    var position: Int
    var target: Questions.Target

    init(after position: Int, _ token: Int32, slot: Int) {
      self.position = position
      target = Questions.Target(token: token, slot: slot)
    }
  }

  struct Part: Sendable {
    var batch = Batch()
    var questions = Questions()
    /// How many tokens the texts have, shared ones counted for each.
    var textTokens = 0
  }

  /// Parts of at most `capacity` tokens, but for a text that is longer; each text counts `reserve` tokens more than it has.
  static func parts(_ texts: [Text], capacity: Int, reserve: Int = 0) -> [Part] {
    let order = texts.indices.sorted { texts[$0].tokens.lexicographicallyPrecedes(texts[$1].tokens) }
    var parts: [Part] = []
    var builder = Builder()
    for index in order where !builder.add(texts[index], capacity, reserve) {
      parts.append(builder.finish())
      builder = Builder()
      _ = builder.add(texts[index], capacity, reserve)
    }
    if builder.part.batch.count > 0 { parts.append(builder.finish()) }
    return parts
  }

  private struct Builder {
    var part = Part()
    private var reserved = 0
    /// The last text: its tokens, and the batch's rows that hold them.
    private var tokens: ArraySlice<Int32> = []
    private var rows: [Int32] = []
    private var asked: [(row: Int32, target: Questions.Target)] = []

    /// False where the text does not fit any more.
    mutating func add(_ text: Text, _ capacity: Int, _ reserve: Int) -> Bool {
      let shared = zip(tokens, text.tokens).prefix { $0 == $1 }.count
      let new = text.tokens.dropFirst(shared)
      guard part.batch.count == 0 || part.batch.count + reserved + new.count + reserve <= capacity else { return false }
      reserved += reserve
      rows.removeLast(rows.count - shared)
      for (offset, token) in new.enumerated() {
        rows.append(Int32(part.batch.count))
        part.batch.tokens.append(token)
        part.batch.positions.append(Int32(shared + offset))
        part.batch.pathStarts.append(Int32(part.batch.paths.count))
      }
      if !new.isEmpty { part.batch.paths += rows }
      tokens = text.tokens
      part.textTokens += text.tokens.count
      for question in text.questions { asked.append((rows[question.position], question.target)) }
      return true
    }

    mutating func finish() -> Part {
      asked.sort { ($0.row, $0.target.token) < ($1.row, $1.target.token) }
      for (row, target) in asked { part.questions.ask(row: row, target) }
      return part
    }
  }
}
