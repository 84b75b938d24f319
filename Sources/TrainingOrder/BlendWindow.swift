/// The part of a blend that a window needs, kept for random access: a byte a sample.
struct BlendWindow: Sendable {
  let range: Range<Int>
  let choices: [UInt8]
  /// Counts of every set at each 1,024th sample.
  let marks: [Int]
  let setCount: Int
  /// For each set, which of its samples are read.
  let places: [Range<Int>]
  static var stretch: Int { 1024 }

  /// Runs the blend from 0 to the window's end: a second for Pythia's 146 million samples of two sets.
  init(weights: [Double], range: Range<Int>) throws {
    var blend = try Blend(weights: weights)
    var choices: [UInt8] = []
    var marks: [Int] = []
    choices.reserveCapacity(range.count)
    for _ in 0..<range.lowerBound { _ = blend.next() }
    let before = blend.counts
    for index in 0..<range.count {
      if index % Self.stretch == 0 { marks += blend.counts }
      choices.append(UInt8(blend.next().dataset))
    }
    self.range = range
    self.choices = choices
    self.marks = marks
    setCount = weights.count
    places = zip(before, blend.counts).map { $0..<$1 }
  }

  /// Which set, and which of its samples, sample `position` of the run is. It must be in ``range``.
  func location(_ position: Int) -> (dataset: Int, sample: Int) {
    let index = position - range.lowerBound
    let choice = choices[index]
    let start = index / Self.stretch * Self.stretch
    var sample = marks[start / Self.stretch * setCount + Int(choice)]
    for other in choices[start..<index] where other == choice { sample += 1 }
    return (Int(choice), sample)
  }
}
