import ByteIO
import Foundation
import TestSupport
import Testing

@testable import Slurm

@Suite struct SlurmScriptTests {
  private static let words = [
    "--partition=cpu", "--output=a b/%j.log", "--comment=it's \"so\"", "--output=a#b", #"--comment=\n \"#,
    "--account=é",
    "--comment=$HOME `id`",
  ]

  /// There, whether it finds a cluster or not.
  private static var hasSbatch: Bool {
    (try? CommandStream(["/bin/sh", "-c", "command -v sbatch"]).contents()) != nil
  }

  @Test func plainDirectivesStandAsTheyAreAndOthersInQuotes() {
    #expect(SlurmScript.directive("--time=1:00:00") == "#SBATCH --time=1:00:00\n")
    #expect(SlurmScript.directive("--output=a b") == "#SBATCH \"--output=a b\"\n")
    #expect(SlurmScript.directive(#"--comment="\"#) == ##"#SBATCH "--comment=\"\\""## + "\n")
  }

  @Test func lineFeedsAreSeen() {
    #expect(SlurmScript.hasControlCharacters("1:00\ntouch x") && SlurmScript.hasControlCharacters("\r"))
    #expect(!SlurmScript.hasControlCharacters("1:00 é"))
  }

  /// sbatch says which words it found before it looks for its cluster.
  @Test(.enabled(if: hasSbatch, "needs sbatch")) func sbatchFindsTheWordsThatWereMeant() throws {
    let folder = TemporaryFolder()
    let configuration = """
      ClusterName=none
      SlurmctldHost=localhost
      SlurmctldPort=1
      AuthType=auth/none
      CredType=cred/none
      MessageTimeout=1
      NodeName=localhost
      PartitionName=cpu Nodes=localhost

      """
    try AtomicFile.replace(folder.file("slurm.conf"), with: Array(configuration.utf8))
    let script = "#!/bin/bash\n" + Self.words.map(SlurmScript.directive).joined() + "true\n"
    try AtomicFile.replace(folder.file("script"), with: Array(script.utf8))
    let command = "cd \(folder.path); SLURM_CONF=slurm.conf timeout 20 sbatch -vvv script 2>&1; true"
    let said = try String(decoding: CommandStream(["/bin/sh", "-c", command]).contents(), as: UTF8.self)
    for word in Self.words {
      #expect(said.contains("Found in script, argument \"\(word)\"\n"), "\(said)")
    }
  }
}
