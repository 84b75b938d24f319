import ByteIO

/// Where a command writes.
enum OutputPath {
  /// Throws if the file is one of those that are read.
  static func refuse(_ output: String, ifAmong inputs: [String]) throws {
    if inputs.contains(where: { (try? FileSystem.isSameFile($0, output)) == true }) {
      throw IOFailure("write", output, reason: "it is read here, and would be lost. Name another file.")
    }
  }
}
