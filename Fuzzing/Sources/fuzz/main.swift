// Runs one target of Tests/FuzzTargets under libFuzzer:
//
//   TIRESIAS_FUZZ_TARGET=NAME fuzz [libFuzzer's options] [FOLDER or FILE…]
//   fuzz --list
//   fuzz --seeds FOLDER       writes each target's seeds to FOLDER/TARGET
//
// TMPDIR is where a target's own files lie. The target is named by a variable because libFuzzer starts itself again.
import ByteIO
import CFuzzer
import FuzzTargets
import Glibc

nonisolated(unsafe) var reading: FuzzTarget.Reading = { _ in }

func fail(_ line: String) -> Never {
  let bytes = Array("fuzz: \(line)\n".utf8)
  _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  exit(2)
}

/// Errors are what should happen; a disagreement ends the process, as a trap does.
func test(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  do {
    try reading(UnsafeRawBufferPointer(start: bytes, count: size))
  } catch let disagreement as Disagreement {
    fatalError("\(disagreement)")
  } catch {
    // What is thrown has words.
    precondition(!"\(error)".isEmpty)
  }
  return 0
}

func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

switch CommandLine.arguments.dropFirst().first {
case "--list":
  for target in FuzzTarget.all { print(target.name) }
case "--seeds" where CommandLine.arguments.count == 3:
  for target in FuzzTarget.all {
    let folder = CommandLine.arguments[2] + "/" + target.name
    try FileSystem.makeDirectory(folder)
    for (number, seed) in target.seeds.enumerated() { try AtomicFile.replace(folder + "/seed-\(number)", with: seed) }
  }
default:
  let name = variable("TIRESIAS_FUZZ_TARGET") ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    fail("'\(name)' is no target; there are: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
  }
  guard let temporary = variable("TMPDIR") else { fail("TMPDIR must name a folder") }
  let folder = "\(temporary)/\(name)-\(getpid())"
  try FileSystem.makeDirectory(folder)
  reading = try target.open(folder)
  var count = CommandLine.argc
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  exit(
    withUnsafeMutablePointer(to: &arguments) { arguments in
      arguments.withMemoryRebound(to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self, capacity: 1) {
        LLVMFuzzerRunDriver(&count, $0, test)
      }
    })
}
