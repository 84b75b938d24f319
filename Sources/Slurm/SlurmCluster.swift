import ByteIO

/// The cluster that this machine submits to, by Slurm's own commands.
public struct SlurmCluster: Sendable {
  /// Where sbatch, scontrol and squeue are; empty for wherever the shell finds them.
  private let folder: String

  public init(folder: String = "") { self.folder = folder }

  /// Whether sbatch can be started.
  public var isThere: Bool { version != nil }

  /// As `slurm-wlm 22.05.8`; nil without Slurm, or where it finds no cluster.
  public var version: String? {
    (try? output("sbatch", ["--version"], isHeard: false)).map {
      $0.split(separator: "\n").first.map(String.init) ?? ""
    }
  }

  /// One more than the largest index of an array. From `scontrol show config`; Slurm's default where it does not say.
  public func maximumArraySize() throws -> Int {
    Self.value("MaxArraySize", in: try output("scontrol", ["show", "config"])).flatMap { Int($0) } ?? 1001
  }

  /// `KEY = VALUE` of a configuration.
  static func value(_ key: String, in text: String) -> String? {
    for line in text.split(separator: "\n") {
      let halves = line.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      if halves.count == 2, halves[0] == key { return halves[1] }
    }
    return nil
  }

  /// Submits a script; returns the job's number.
  public func submit(_ script: String, _ arguments: [String]) throws -> Int {
    let text = try output("sbatch", ["--parsable"] + arguments + [script])
    // NUMBER, or NUMBER;CLUSTER.
    guard let number = text.split(whereSeparator: { $0 == ";" || $0 == "\n" }).first.flatMap({ Int($0) }) else {
      throw SlurmFailure("sbatch", "it did not say the number of the job, but '\(text)'")
    }
    return number
  }

  /// A job, or a task of an array, that waits or runs.
  public struct LiveTask: Equatable, Sendable {
    public let job: Int
    /// Index in the array; nil for other jobs.
    public let index: Int?
  }

  /// What of some jobs waits or runs.
  public func live(_ jobs: [Int]) throws -> [LiveTask] {
    guard !jobs.isEmpty else { return [] }
    // Asking for a job that squeue has forgotten is an error, so all of one's own are asked for.
    let text = try output("squeue", ["--noheader", "--array", "--format=%F %K", "--me"])
    return Self.live(text).filter { jobs.contains($0.job) }
  }

  static func live(_ text: String) -> [LiveTask] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let job = words.first.flatMap({ Int($0) }) else { return nil }
      return LiveTask(job: job, index: words.count > 1 ? Int(words[1]) : nil)
    }
  }

  /// Takes jobs back.
  public func cancel(_ jobs: [Int]) throws {
    if !jobs.isEmpty { _ = try output("scancel", jobs.map(String.init)) }
  }

  private func output(_ command: String, _ arguments: [String], isHeard: Bool = true) throws -> String {
    let path = folder.isEmpty ? command : folder + "/" + command
    let stream = try CommandStream([path] + arguments, name: command, isHeard: isHeard)
    return String(decoding: try stream.contents(), as: UTF8.self)
  }
}
