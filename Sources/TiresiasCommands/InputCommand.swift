import ArgumentParser

/// `--input-command`.
enum InputCommand {
  static func validate(_ command: String?) throws {
    guard let command, !command.contains("{}") else { return }
    throw ValidationError("--input-command needs {} where the input's name goes, as in 'ssh data cat {}'.")
  }
}
