/// A window's steps in at most fifty runs of equal length; the last may be shorter.
struct StepBins: Equatable {
  static let limit = 50

  let steps: Range<Int>
  /// Steps of a bin.
  let width: Int

  init(_ steps: Range<Int>) {
    self.steps = steps
    width = max(1, (steps.count + Self.limit - 1) / Self.limit)
  }

  var count: Int { (steps.count + width - 1) / width }

  func bin(of step: Int) -> Int { (step - steps.lowerBound) / width }

  subscript(bin: Int) -> Range<Int> {
    let first = steps.lowerBound + bin * width
    return first..<min(first + width, steps.upperBound)
  }
}
