@testable import BiasEvaluation

/// A data file that is nowhere.
func file(_ text: String, name: String = "data.csv") -> DataFile { file(Array(text.utf8), name: name) }

func file(_ bytes: [UInt8], name: String = "data.csv") -> DataFile { DataFile(name: name, path: name, bytes: bytes) }

/// The failure that `body` throws; nil if it throws none, or another kind.
func failure(_ body: () throws -> some Any) -> EvaluationFailure? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? EvaluationFailure
  }
}
