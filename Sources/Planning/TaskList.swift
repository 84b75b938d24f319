/// Numbers of tasks as Slurm's `--array` and people write them: `0-3,7,9-12`.
public enum TaskList {
  public static func text(_ tasks: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for task in tasks {
      if let last = runs.last, last.upperBound + 1 == task {
        runs[runs.count - 1] = last.lowerBound...task
      } else {
        runs.append(task...task)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }
}
