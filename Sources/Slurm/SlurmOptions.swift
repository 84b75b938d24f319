/// What a job asks of the cluster; what is nil is left to the cluster's own defaults.
public struct SlurmOptions: Sendable {
  public var partition: String?
  public var account: String?
  /// As `sbatch --time` takes it.
  public var time: String?
  public var cpus: Int?
  /// As `sbatch --mem` takes it.
  public var memory: String?
  /// Tasks that may run at the same time.
  public var atOnce: Int?
  /// Tasks and the last step write log lines as JSON, instead of errors alone.
  public var logsJSON = false
  /// Further options of sbatch, each as one word.
  public var others: [String] = []

  public init() {}

  /// The `#SBATCH` lines.
  var lines: [String] {
    let pairs: [(String, String?)] = [
      ("partition", partition), ("account", account), ("time", time), ("cpus-per-task", cpus.map(String.init)),
      ("mem", memory),
    ]
    return pairs.compactMap { name, value in value.map { "--\(name)=\($0)" } } + others
  }
}
