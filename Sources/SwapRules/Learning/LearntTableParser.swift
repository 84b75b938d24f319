import StructuredText

/// Reads a learnt table's file, and refuses whatever ``LearntTable/bytes`` would not write, but for CRLF and a byte order mark,
/// which editors and version control put in.
struct LearntTableParser {
  private let file: String
  private var table = LearntTable()
  private var previous: [UInt8] = []
  /// Lines by what stands in them once, as bytes.
  private var names: [[UInt8]: Int] = [:]
  /// By their bytes, as all that a table names.
  private var knownClasses = Set(ContextClasses.builtIn.map { Array($0.name.utf8) })
  private var hasBias = false

  static func parse(_ bytes: [UInt8], file: String) throws(RulesFailure) -> LearntTable {
    var parser = LearntTableParser(file: file)
    var lines = bytes.withoutByteOrderMark.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.popLast()?.isEmpty == true, !lines.isEmpty else {
      throw parser.failure(max(1, lines.count), "the last line has no end; the file may be cut")
    }
    let isReturn = { (line: ArraySlice<UInt8>) in line.last == UInt8(ascii: "\r") }
    if lines.allSatisfy(isReturn) { lines = lines.map { $0.dropLast() } }
    guard lines[0].elementsEqual(LearntTable.firstLine.utf8) else {
      throw parser.failure(1, "expected '\(LearntTable.firstLine)', what 'tiresias rules learn-table' writes")
    }
    for (index, line) in lines.enumerated().dropFirst() { try parser.read(line, index + 1) }
    guard parser.hasBias else { throw parser.failure(lines.count, "the row 'bias' is missing") }
    return parser.table
  }

  private init(file: String) { self.file = file }

  private func failure(_ line: Int, _ message: String) -> RulesFailure {
    .definition(SourcePlace(file: file, line: line, column: 1), message)
  }

  private mutating func read(_ line: ArraySlice<UInt8>, _ number: Int) throws(RulesFailure) {
    guard let text = String(validating: line, as: UTF8.self) else { throw failure(number, "invalid UTF-8") }
    if previous.isEmpty, text.hasPrefix("# ") {
      table.notes.append(String(text.dropFirst(2)))
      return
    }
    guard previous.isEmpty || previous.lexicographicallyPrecedes(line) else {
      throw failure(number, "rows must be sorted by their bytes and stand once; this one does not follow the one above")
    }
    previous = Array(line)
    try readRow(text.split(separator: "\t", omittingEmptySubsequences: false), number)
  }

  private mutating func readRow(_ cells: [Substring], _ number: Int) throws(RulesFailure) {
    switch (cells.first, cells.count) {
    case ("bias", 2):
      guard !hasBias else { throw failure(number, "'bias' stands twice") }
      table.bias = try logOdds(cells[1], number)
      hasBias = true
    case ("class", 3): table.classes.append(try wordClass(cells, number))
    case ("ending", 3): table.endings.append(try wordClass(cells, number))
    case ("weight", 3): try readWeight(cells, number)
    default:
      throw failure(
        number, "expected 'bias', 'class', 'ending' or 'weight' with its cells, separated by tabs (bias: 2, others: 3)")
    }
  }

  private mutating func readWeight(_ cells: [Substring], _ number: Int) throws(RulesFailure) {
    guard table.weights.count < LearntTable.maximumRows else {
      throw failure(number, "more than \(LearntTable.maximumRows) weights")
    }
    guard let feature = ContextFeature(cells[1]) else {
      throw failure(
        number, "found '\(cells[1].prefix(80))', expected a feature such as prev.word+next.class=gave number")
    }
    try requireKnown(feature, number)
    if let other = names.updateValue(number, forKey: Array("weight \(cells[1])".utf8)) {
      throw failure(number, "feature '\(feature)' stands in line \(other) too")
    }
    table.weights.append(LearntTable.Weight(feature: feature, weight: try logOdds(cells[2], number)))
  }

  /// Rows are sorted, so all classes have been read before the first weight.
  private func requireKnown(_ feature: ContextFeature, _ number: Int) throws(RulesFailure) {
    for (part, value) in zip(feature.template.parts, feature.values) {
      guard part.aspect == .wordClass else {
        guard value == Spellings.fold(value) else {
          throw failure(
            number, "found '\(value)', expected '\(Spellings.fold(value))': features are in lower case, with '")
        }
        continue
      }
      guard knownClasses.contains(Array(value.utf8)) else {
        let known = ContextClasses.builtIn.map(\.name) + (table.classes + table.endings).map(\.name)
        throw failure(number, "unknown class '\(value)'; \(Spelling.advice(for: value, among: known))")
      }
    }
  }

  private mutating func wordClass(_ cells: [Substring], _ number: Int) throws(RulesFailure) -> LearntTable.WordClass {
    let isName = !cells[1].isEmpty && cells[1].utf8.allSatisfy { $0.isASCIIWordByte || $0 == UInt8(ascii: "-") }
    guard isName, ContextClasses.builtIn.allSatisfy({ $0.name != cells[1] }) else {
      throw failure(number, "found '\(cells[1].prefix(80))', expected a class name of letters, digits, '-' and '_'")
    }
    let texts = cells[2].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for text in texts {
      guard !text.isEmpty, text.utf8.count <= 64, text == Spellings.fold(text) else {
        throw failure(number, "found '\(text.prefix(80))', expected a word in lower case, one space after the other")
      }
      if let other = names.updateValue(number, forKey: Array("\(cells[0]) \(text)".utf8)) {
        throw failure(number, "'\(text)' stands in line \(other) too")
      }
    }
    if let other = names.updateValue(number, forKey: Array("\(cells[0])= \(cells[1])".utf8)) {
      throw failure(number, "\(cells[0]) '\(cells[1])' stands in line \(other) too")
    }
    guard knownClasses.count < LearntTable.maximumRows else {
      throw failure(number, "more than \(LearntTable.maximumRows) classes and endings")
    }
    knownClasses.insert(Array(cells[1].utf8))
    return LearntTable.WordClass(name: String(cells[1]), texts: texts)
  }

  private func logOdds(_ text: Substring, _ number: Int) throws(RulesFailure) -> LogOdds {
    guard let value = LogOdds(text) else {
      throw failure(number, "found '\(text.prefix(80))', expected a number such as -0.35")
    }
    guard value.description == text else {
      throw failure(number, "found '\(text)', expected \(value), the shortest way to write it")
    }
    return value
  }
}
