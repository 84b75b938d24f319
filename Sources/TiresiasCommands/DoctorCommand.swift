import ArgumentParser

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "What is here of what the program can use, and what to do about what is not: one line each.",
    discussion: """
      Exits with 1 if something is missing without which nothing works.

      Example:
        tiresias doctor --output /scratch/out
      """)

  @Option(help: ArgumentHelp("A folder that results would go to.", valueName: "dir"))
  var output = "."

  func run() throws {
    let findings = Doctor(output: output).findings
    let width = findings.map(\.subject.count).max() ?? 0
    for finding in findings {
      print(
        finding.mark + "  " + finding.subject
          + String(repeating: " ", count: width + 2 - finding.subject.count) + finding.text)
    }
    if findings.contains(where: { $0.state == .missing }) { throw ExitCode(1) }
  }
}
