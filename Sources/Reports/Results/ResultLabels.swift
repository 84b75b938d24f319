import ByteIO
import StructuredText

/// What somebody says of result files that do not say it themselves: above all which are trainings of one arm.
///
/// A table with tabs between its columns and a header: `file`, and any of `model`, `arm`, `seed` and `step`. `file` is a
/// result's path, or as much of its end as tells it from all others. An empty cell leaves what the file says; an arm is
/// `control` or has a name. Lines that begin with `#` are comments.
public struct ResultLabels: Sendable {
  fileprivate enum Column: String, CaseIterable { case file, model, arm, seed, step }

  fileprivate struct Label {
    var line: Int
    var file: String
    var cells: [Column: String]
    var seed: Int?
    var step: Int?
  }

  public let path: String
  private var labels: [Label] = []

  public init(path: String) throws {
    try self.init(try FileSystem.contents(of: path, limit: 1 << 24), path: path)
  }

  /// Throws ``ReportFailure`` with the line of what is wrong.
  init(_ bytes: [UInt8], path: String) throws(ReportFailure) {
    self.path = path
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ReportFailure(.labels, path: path, reason: "it is not UTF-8")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().filter {
      !$0.element.isEmpty && !$0.element.hasPrefix("#")
    }
    guard let header = lines.first else { throw ReportFailure(.labels, path: path, reason: "it has no header") }
    let columns = try columns(header.element, line: header.offset + 1)
    for (index, line) in lines.dropFirst() { labels.append(try label(line, columns, line: index + 1)) }
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map { cell in
      String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func columns(_ line: Substring, line number: Int) throws(ReportFailure) -> [Column] {
    var columns: [Column] = []
    for name in Self.cells(line) {
      guard let column = Column(rawValue: name), !columns.contains(column) else {
        let nearest = Spelling.nearest(to: name, among: Column.allCases.map(\.rawValue)).map {
          "; did you mean '\($0)'?"
        }
        throw failure(
          number, "found column '\(name)', expected file, model, arm, seed and step, each once" + (nearest ?? ""))
      }
      columns.append(column)
    }
    guard columns.contains(.file) else { throw failure(number, "there is no column 'file'") }
    return columns
  }

  private func label(_ line: Substring, _ columns: [Column], line number: Int) throws(ReportFailure) -> Label {
    let cells = Self.cells(line)
    guard cells.count <= columns.count else {
      throw failure(number, "\(cells.count) cells under \(columns.count) columns")
    }
    let values = Dictionary(uniqueKeysWithValues: zip(columns, cells).filter { !$1.isEmpty })
    guard let file = values[.file] else { throw failure(number, "no file is named") }
    return Label(
      line: number, file: file, cells: values, seed: try count(values[.seed], .seed, number),
      step: try count(values[.step], .step, number))
  }

  private func count(_ text: String?, _ column: Column, _ line: Int) throws(ReportFailure) -> Int? {
    guard let text else { return nil }
    guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text) else {
      throw failure(line, "found \(column) '\(text)', expected a whole number")
    }
    return number
  }

  private func failure(_ line: Int, _ reason: String) -> ReportFailure {
    ReportFailure(.labels, path: "\(path), line \(line)", reason: reason)
  }

  /// Says it of the results. Throws where a line is of no result or of several, or two are of one.
  func apply(to evaluations: inout [Evaluation]) throws(ReportFailure) {
    var lines: [Int: Int] = [:]
    for label in labels {
      let places = evaluations.indices.filter { Self.names(label.file, evaluations[$0].source) }
      guard let place = places.first else {
        throw failure(label.line, "no result that was named ends in '\(label.file)'")
      }
      guard places.count == 1 else {
        let both = places.prefix(2).map { evaluations[$0].source }.joined(separator: " and ")
        throw failure(label.line, "'\(label.file)' is the end of \(both); write more of the path")
      }
      if let other = lines.updateValue(label.line, forKey: place) {
        throw failure(label.line, "\(evaluations[place].source) is in line \(other), too")
      }
      label.apply(to: &evaluations[place].subject)
      evaluations[place].labels = "\(FileSystem.name(of: path)), line \(label.line)"
    }
  }

  /// Whether a path ends in these parts.
  private static func names(_ end: String, _ path: String) -> Bool { path == end || path.hasSuffix("/" + end) }
}

extension ResultLabels.Label {
  fileprivate func apply(to subject: inout Subject) {
    if let model = cells[.model] { subject.model = PublishedNames.subject(ofHubName: model, step: nil).model }
    if let arm = cells[.arm] { subject.arm = arm == Arm.control.name ? .control : .intervention(arm) }
    if let seed { subject.seed = seed }
    if let step { subject.checkpoint = PublishedNames.checkpoint(step, subject.checkpoint.totalSteps, subject.model) }
  }
}
