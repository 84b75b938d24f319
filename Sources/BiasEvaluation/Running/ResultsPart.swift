import StructuredText

/// One benchmark of a results file: its record under `tiresias`, and what the harness' members have of its tasks.
struct ResultsPart {
  struct Task {
    let name: String
    /// By the keys of ``ResultsPart/taskMembers``.
    let members: [String: JSONValue]
  }

  /// The members of a results file that are objects by task.
  static let taskMembers = ["results", "configs", "versions", "n-shot", "higher_is_better", "n-samples"]

  let name: String
  let tasks: [Task]
  let record: JSONValue

  init(_ outcome: Evaluation.Outcome) {
    let version = JSONValue.integer(Int64(outcome.fingerprint.version))
    name = outcome.fingerprint.benchmark
    record = Self.record(outcome)
    tasks = outcome.rows.map { row in
      Task(
        name: row.task,
        members: [
          "results": Self.metrics(row),
          "configs": [
            "task": .string(row.task), "benchmark": .string(outcome.fingerprint.benchmark), "num_fewshot": 0,
            "metadata": ["version": version],
          ],
          "versions": version, "n-shot": 0,
          "higher_is_better": .object(
            row.metrics.map { JSONMember($0.name, $0.higherIsBetter.map { .bool($0) } ?? .null) }),
          "n-samples": ["original": .integer(Int64(row.count)), "effective": .integer(Int64(row.count))],
        ])
    }
  }

  /// One of a file that is there.
  init(_ node: JSONNode, of root: JSONNode) throws(JSONFailure) {
    name = try node.member("name").string()
    record = node.value
    tasks = try node.member("tasks").elements().map { task throws(JSONFailure) in
      let task = try task.string()
      var members: [String: JSONValue] = [:]
      for key in Self.taskMembers { members[key] = try root.member(key).member(task).value }
      return Task(name: task, members: members)
    }
  }

  /// `pct_stereotype,none` and `pct_stereotype_stderr,none`: the filter's name follows the comma.
  private static func metrics(_ row: ResultRow) -> JSONValue {
    .object(
      [JSONMember("alias", .string(row.task))]
        + row.metrics.flatMap { metric in
          [JSONMember("\(metric.name),none", .double(metric.value))]
            + (metric.standardError.map { [JSONMember("\(metric.name)_stderr,none", .double($0))] } ?? [])
        })
  }

  private static func record(_ outcome: Evaluation.Outcome) -> JSONValue {
    [
      "name": .string(outcome.fingerprint.benchmark), "tasks": .array(outcome.rows.map { .string($0.task) }),
      "items": .integer(Int64(outcome.itemCount)), "item_file": .string(outcome.itemFile),
      "item_file_sha256": .string(outcome.itemFileSHA256), "comparison": .string(outcome.fingerprint.comparison),
      "key": .string(outcome.fingerprint.key), "fingerprint": outcome.fingerprint.json,
      "notes": .array(outcome.notes.map { .string($0) }),
    ]
  }
}
