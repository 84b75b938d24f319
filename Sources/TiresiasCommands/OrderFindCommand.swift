import ArgumentParser
import Pipeline
import StructuredText
import Tokenization
import TokenDataset
import TrainingOrder

/// `tiresias order find`: from a document to the steps that show it, and back.
struct OrderFindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Finds every step that shows any part of a document, or the documents that a row of a step shows.",
    discussion: """
      Exact, over all epochs. Steps count from 0: step s follows checkpoint 'step s'. Ranges of tokens are A..<B; 'in row' \
      counts within the sample, 'in document' within the document. An order that is asked for more samples than a run reads \
      has steps that were never run: give --steps '0..<143000' for Pythia.

      --text decodes all documents of the data set (hundreds of MB/s) and searches their bytes, so it finds text however it was \
      tokenized. Matching documents are listed first, then the steps that show them; '*' marks those that show the match itself.

        tiresias order find --document 1234567 --dataset pile_0.87_deduped_text_document --samples 147164160 \\
          --sequence-length 2048 --seed 1234 --batch-size 1024 --steps '0..<143000'
        tiresias order find --step 133000 --row 7 --window out/NAME/manifest.json --dataset pile_0.87_deduped_text_document
      """)

  @Option(help: "A document: its item number in the data set, from 0. Several are found together.")
  var document: [Int] = []
  @Option(help: "Text to search all documents for.")
  var text: String?
  @Option(help: ArgumentHelp("The tokenizer.json for --text; a window names its own.", valueName: "file"))
  var tokenizer: String?
  @Option(help: "With --text: stop after so many documents.")
  var limit = 20
  @Option(help: "A step, with --row: which documents it shows there.")
  var step: Int?
  @Option(help: "A row of the step's batch, from 0.")
  var row: Int?
  @Option(
    help: ArgumentHelp(
      "A sample of a window, as `tiresias view` copies it, in place of --step and --row.", valueName: "reference"))
  var goto: String?
  @Option(help: "Which data set of a blend --document and --text mean, from 0.")
  var set = 0
  @Option(help: "Only these steps, A..<B.")
  var steps: String?
  @OptionGroup var inputs: OrderInputs
  @Flag(help: "One JSON object a line instead of a table.")
  var json = false

  func validate() throws {
    if let steps {
      do { _ = try Window.parse(steps) } catch { throw ValidationError("--steps: \(error)") }
    }
    let questions = [!document.isEmpty, text != nil, step != nil || row != nil, goto != nil].count { $0 }
    guard questions == 1 else {
      throw ValidationError("Ask with --document, with --text, with --step and --row, or with --goto.")
    }
    if goto != nil { try GotoOption.validate(goto, row: row, inputs) }
    guard (step == nil) == (row == nil) else { throw ValidationError("--step and --row go together.") }
    guard text != nil || tokenizer == nil else { throw ValidationError("--tokenizer is for --text.") }
    guard text == nil || tokenizer != nil || inputs.window != nil else {
      throw ValidationError("--text needs --tokenizer FILE.")
    }
    guard text != "" else { throw ValidationError("--text is empty.") }
    guard step ?? 0 >= 0, step ?? 0 < Int.max, row ?? 0 >= 0 else {
      throw ValidationError("--step and --row count from 0.")
    }
    guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
    guard 0..<max(1, inputs.dataset.count) ~= set else {
      throw ValidationError("--set \(set): there are \(inputs.dataset.count) data sets, from 0.")
    }
  }

  func run() throws {
    let output = StandardOutput()
    if let step, let row { return try show(step: step, row: row, output) }
    if goto != nil {
      let place = try GotoOption.place(goto, inputs)
      return try show(step: place.step, row: place.row, output)
    }
    let opened = try inputs.open(steps: steps.map(Window.parse))
    let matches = try search(opened.order, output)
    let items = text == nil ? document : matches.map(\.item)
    var listing = AppearanceListing(batchSize: opened.batchSize, matches: matches, isJSON: json)
    if items.isEmpty { return try output.flush() }
    var count = 0
    try opened.order.forEachAppearance(ofItems: items, dataset: set, in: opened.positions) { appearance in
      try listing.write(appearance, to: output)
      count += 1
    }
    if count == 0 && !json {
      let hint = inputs.window != nil && steps == nil ? " (the window's; others with --steps A..<B)" : ""
      try output.write("no step of \(opened.steps)\(hint) shows any part of it\n".utf8)
    }
    try output.flush()
  }

  private func show(step: Int, row: Int, _ output: StandardOutput) throws {
    let opened = try inputs.open(steps: step..<step + 1)
    guard row < opened.batchSize else {
      throw CommandFailure("row \(row) does not exist: a step has \(opened.batchSize) rows, from 0")
    }
    let position = opened.positions.lowerBound + row
    var listing = AppearanceListing(batchSize: opened.batchSize, matches: [], isJSON: json)
    for appearance in try opened.order.appearances(at: position) { try listing.write(appearance, to: output) }
    try output.flush()
  }

  private func search(_ order: RunOrder, _ output: StandardOutput) throws -> [DocumentMatch] {
    guard let text else { return [] }
    let search = DocumentSearch(tokenizer: try inputs.loadTokenizer(tokenizer), text: Array(text.utf8))
    let progress = ByteProgress()
    let dataset = order.parts[set].dataset
    var matches: [DocumentMatch] = []
    try search.forEachMatch(in: dataset, progress: progress.report) { match in
      matches.append(match)
      return matches.count < limit
    }
    for match in matches { try output.write(AppearanceListing.line(match, set: set, isJSON: json)) }
    if !json {
      let end =
        matches.count == limit
        ? "\(limit) documents, more are not searched for (--limit)" : "\(matches.count) documents"
      try output.write("\(end) hold the text\n\n".utf8)
    }
    return matches
  }
}

/// The lines of `order find`: a table with columns as wide as a Pile needs, or JSON.
struct AppearanceListing {
  let batchSize: Int
  let matches: [DocumentMatch]
  let isJSON: Bool
  private var hasHead = false

  init(batchSize: Int, matches: [DocumentMatch], isJSON: Bool) {
    (self.batchSize, self.matches, self.isJSON) = (batchSize, matches, isJSON)
  }

  mutating func write(_ appearance: Appearance, to output: StandardOutput) throws {
    let (step, row) = appearance.position.quotientAndRemainder(dividingBy: batchSize)
    let span = appearance.span
    let tokens = span.offset..<span.offset + span.count
    let shown = appearance.place..<appearance.place + span.count
    let showsMatch = matches.contains { $0.item == span.item && $0.tokens.overlaps(tokens) }
    if isJSON {
      var fields: [JSONMember] = [
        JSONMember("step", .integer(Int64(step))), JSONMember("row", .integer(Int64(row))),
        JSONMember("sequence", .integer(Int64(appearance.position))),
        JSONMember("row_tokens", Self.array(shown)), JSONMember("set", .integer(Int64(appearance.dataset))),
        JSONMember("document", .integer(Int64(span.item))), JSONMember("document_tokens", Self.array(tokens)),
      ]
      if !matches.isEmpty { fields.append(JSONMember("shows_match", .bool(showsMatch))) }
      return try output.write(JSONValue.object(fields).serialized() + [UInt8(ascii: "\n")])
    }
    if !hasHead {
      try output.write(Self.row("step", "row", "sequence", "in row", "set", "document", "in document", "").utf8)
      hasHead = true
    }
    try output.write(
      Self.row(
        "\(step)", "\(row)", "\(appearance.position)", "\(shown)", "\(appearance.dataset)", "\(span.item)", "\(tokens)",
        showsMatch ? "*" : ""
      ).utf8)
  }

  static func line(_ match: DocumentMatch, set: Int, isJSON: Bool) throws -> [UInt8] {
    guard isJSON else {
      return Array("document \(match.item): byte \(match.byte), tokens \(match.tokens)\n".utf8)
    }
    let value: JSONValue = .object([
      "match": .integer(Int64(match.item)), "set": .integer(Int64(set)), "byte": .integer(Int64(match.byte)),
      "document_tokens": array(match.tokens),
    ])
    return try value.serialized() + [UInt8(ascii: "\n")]
  }

  private static func array(_ range: Range<Int>) -> JSONValue {
    .array([.integer(Int64(range.lowerBound)), .integer(Int64(range.upperBound))])
  }

  private static let widths = [7, 6, 10, 12, 3, 10, 20]

  private static func row(_ cells: String...) -> String {
    let aligned = zip(cells, widths).map { cell, width in
      String(repeating: " ", count: max(0, width - cell.utf8.count)) + cell
    }
    return (aligned + cells.dropFirst(widths.count).filter { !$0.isEmpty }).joined(separator: "  ") + "\n"
  }
}
