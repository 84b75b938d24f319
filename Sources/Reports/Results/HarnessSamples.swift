import ByteIO
import StructuredText

/// `samples_TASK_TIME.jsonl`, which lm-evaluation-harness writes beside `results_TIME.json` where it is told to log samples: one
/// JSON object an item, with `doc_id`, `doc`, what the model answered, and the item's value of each metric.
package enum HarnessSamples {
  /// The files that belong to a result, by task. A result of another name has none.
  static func files(of path: String, tasks: Set<String>) throws -> [Evaluation.ItemFileReference] {
    let name = FileSystem.name(of: path)
    guard name.hasPrefix("results_"), name.hasSuffix(".json") else { return [] }
    let end = "_" + name.dropFirst("results_".count).dropLast(".json".count) + ".jsonl"
    return try FileSystem.names(in: FileSystem.parent(of: path) ?? ".").compactMap { file in
      guard file.hasPrefix("samples_"), file.hasSuffix(end) else { return nil }
      let task = String(file.dropFirst("samples_".count).dropLast(end.count))
      guard tasks.contains(task) else { return nil }
      return Evaluation.ItemFileReference(benchmark: ItemScores.samples(of: task), path: file, sha256: nil)
    }
  }

  package static func read(_ path: String, benchmark: String) throws -> ItemScores {
    let bytes = try FileSystem.contents(of: path, limit: ResultFile.sizeLimit)
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let items = try lines.enumerated().map { index, line in
      try item(try PythonJSON.parse(Array(line), name: "\(path), line \(index + 1)"))
    }
    return ItemScores(benchmark: benchmark, items: items)
  }

  private static func item(_ node: JSONNode) throws(JSONFailure) -> ItemScores.Item {
    var values: [String: Double] = [:]
    for (key, member) in try node.members() where key != "doc_id" {
      if let number = try? member.double() { values[key] = number }
    }
    // Of two sentences, the log-likelihoods: [["-33.2", "False"], …].
    let answers = answers(node)
    if answers.count == 2 { values["signed_diff"] = answers[0] - answers[1] }
    return ItemScores.Item(
      id: "\(try node.member("doc_id").int())", attributes: attributes(node.value["doc"]), values: values)
  }

  private static func answers(_ node: JSONNode) -> [Double] {
    guard case .array(let answers)? = node.value["filtered_resps"] else { return [] }
    return answers.compactMap { answer in
      guard case .array(let parts) = answer else { return nil }
      switch parts.first {
      case .double(let value)?: return value
      case .integer(let value)?: return Double(value)
      case .string(let text)?: return Double(text).flatMap { $0.isFinite ? $0 : nil }
      default: return nil
      }
    }
  }

  /// Texts of the document.
  private static func attributes(_ document: JSONValue?) -> [String: String] {
    guard case .object(let members)? = document else { return [:] }
    let texts = members.compactMap { member -> (String, String)? in
      if case .string(let text) = member.value { (member.key, text) } else { nil }
    }
    return Dictionary(texts, uniquingKeysWith: { first, _ in first })
  }
}

extension ItemScores {
  /// How the items of a task of lm-evaluation-harness are called.
  static func samples(of task: String) -> String { "samples " + task }
}
