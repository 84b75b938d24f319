/// Occupations with the share of women in them: `occupation`, `percent_women`, `stereotype`, separated by tabs.
public struct Occupations: Sendable {
  public struct Occupation: Sendable, Equatable {
    public let name: String
    /// From 0 to 100.
    public let percentWomen: Double
    /// `male` or `female`, as WinoBias takes it.
    public let stereotype: String
    /// The line of the file, from 1.
    let line: Int
  }

  public let all: [Occupation]

  static let columns = ["occupation", "percent_women", "stereotype"]

  public init(_ file: DataFile) throws {
    let text = try DelimitedText(file)
    guard text.header == Self.columns else {
      throw file.failure(line: 1, "the header is not \(Self.columns.joined(separator: ", ")), separated by tabs")
    }
    var names = Set<String>()
    all = try text.records.map { record in
      guard let percent = Double(record.fields[1]), (0...100).contains(percent) else {
        throw file.failure(
          line: record.line, at: record.offset, "'\(record.fields[1])' is no share from 0 to 100")
      }
      guard ["male", "female"].contains(record.fields[2]), !record.fields[0].isEmpty else {
        throw file.failure(
          line: record.line, at: record.offset, "expected an occupation, its share of women, and male or female")
      }
      guard names.insert(record.fields[0]).inserted else {
        throw file.failure(line: record.line, at: record.offset, "'\(record.fields[0])' stands twice; keep one")
      }
      return Occupation(
        name: record.fields[0], percentWomen: percent, stereotype: record.fields[2], line: record.line)
    }
    guard !all.isEmpty else { throw file.failure(line: 2, "no occupations") }
  }
}
