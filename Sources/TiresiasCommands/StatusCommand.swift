import ArgumentParser
import Planning
import StructuredText

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "How far the tasks of a plan are: done, running, failed, missing, rate and time left.",
    discussion: """
      Reads the plan's folder and nothing else, so it works wherever the folder can be read, with and without a cluster.

      Example:
        tiresias status out/m2f.plan/plan.json
      """)

  @Argument(help: "The plan's file or folder, or the output that it makes.")
  var plan: String

  @Flag(help: "As JSON, for programs.")
  var json = false

  func run() throws {
    let status = try PlanStatus(PlanRun(plan))
    print(json ? String(decoding: try status.json.serialized(.pretty), as: UTF8.self) : status.text)
  }
}
