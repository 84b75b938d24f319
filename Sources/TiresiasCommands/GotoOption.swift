import ArgumentParser
import Viewing

/// `--goto REFERENCE`, as several commands take it.
enum GotoOption {
  static func validate(_ text: String?, row: Int?, _ inputs: OrderInputs) throws {
    guard row == nil else { throw ValidationError("--goto names the row itself.") }
    guard inputs.window != nil else { throw ValidationError("--goto needs the manifest that it is of.") }
    do { _ = try SampleReference(text ?? "") } catch { throw ValidationError("--goto: \(error)") }
  }

  /// The step and row, after the manifest was seen to be the reference's.
  static func place(_ text: String?, _ inputs: OrderInputs) throws -> (step: Int, row: Int) {
    let reference = try SampleReference(text ?? "")
    try reference.check(manifestPath: inputs.window ?? "")
    return (reference.step, reference.row)
  }
}
