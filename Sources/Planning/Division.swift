/// How work is cut into tasks.
public enum Division {
  /// At most `tasks` ranges of about the same size that cover `count` units and begin at multiples of `grain`.
  public static func even(_ count: Int, tasks: Int, grain: Int = 1) -> [Range<Int>] {
    let grains = (count + grain - 1) / grain
    let number = max(1, min(tasks, grains))
    let starts = (0...number).map { min(count, grains / number * $0 + min($0, grains % number)) }
    return zip(starts, starts.dropFirst()).map { min(count, $0 * grain)..<min(count, $1 * grain) }
  }

  /// At most `tasks` ranges of consecutive units whose weights come to about the same; every range has a unit.
  public static func weighted(_ weights: [Int], tasks: Int) -> [Range<Int>] {
    let number = max(1, min(tasks, weights.count))
    var (ranges, start, spent) = ([Range<Int>](), 0, 0.0)
    let total = weights.reduce(0.0) { $0 + Double(max(1, $1)) }
    for task in 0..<number {
      var end = start + 1
      spent += Double(max(1, weights[start]))
      let limit = total * Double(task + 1) / Double(number)
      // As many units are left over as there are tasks behind this one.
      while end < weights.count - (number - task - 1), spent + Double(max(1, weights[end])) / 2 <= limit {
        spent += Double(max(1, weights[end]))
        end += 1
      }
      if task == number - 1 { end = weights.count }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }
}
