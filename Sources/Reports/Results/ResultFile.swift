import ByteIO
import Glibc
import StructuredText

/// Reads one result file in any of its forms.
///
/// Files come from strangers: what is no JSON, has another type, or lacks a key is an error that names file and place.
public enum ResultFile {
  /// Larger files are refused; the largest published one has 130 kB.
  static let sizeLimit = 256 << 20

  public static func read(_ path: String) throws -> Evaluation {
    var evaluation = try parse(try FileSystem.contents(of: path, limit: sizeLimit), name: path)
    if evaluation.dialect == .currentHarness {
      evaluation.itemFiles = try HarnessSamples.files(of: path, tasks: Set(evaluation.scores.map(\.task)))
    }
    return evaluation
  }

  /// `name` is the file's path: its last folders say the arm where the file does not.
  public static func parse(_ bytes: [UInt8], name: String) throws -> Evaluation {
    let root = try PythonJSON.parse(bytes, name: name)
    return try evaluation(root).withoutMissingNumbers()
  }

  private static func evaluation(_ root: JSONNode) throws -> Evaluation {
    switch try dialect(of: root) {
    case .promptsource: try PromptsourceResults(root).evaluation
    case .tableResults: try TableResults(root).evaluation
    case .harness: try HarnessResults(root).evaluation
    case .currentHarness: try CurrentResults(root).evaluation
    case .tiresias: try TiresiasResults(root).evaluation
    }
  }

  /// Keys alone decide, so that a wrong value is an error of its form and no other form's.
  static func dialect(of root: JSONNode) throws(JSONFailure) -> Evaluation.Dialect {
    guard let results = try root.optionalMember("results") else {
      guard try root.optionalMember("table_results") != nil else {
        throw root.failure("this is no result file: it has neither 'results' nor 'table_results'")
      }
      return .tableResults
    }
    if case .array = results.value { return .promptsource }
    if try root.optionalMember("tiresias") != nil { return .tiresias }
    let isCurrent = ["configs", "n-shot", "lm_eval_version"].contains { root.value[$0] != nil }
    return isCurrent ? .currentHarness : .harness
  }

  /// The file's name and its two folders, nearest first, also where the path begins below them.
  static func surroundings(of path: String) -> [String] {
    let here = path.hasPrefix("/") ? nil : getcwd(nil, 0)
    defer { free(here) }
    let whole = here.map { String(cString: $0) + "/" + path } ?? path
    return Array(whole.split(separator: "/").filter { $0 != "." }.suffix(3).reversed().map(String.init))
  }
}
