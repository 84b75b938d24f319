// Reads damaged weights, configurations, results, items and benchmark data, as an evaluation and a report do:
//
//   evaluation-fuzz SEEDS WORK SEED FIRST COUNT
//
// SEEDS holds model/ (a checkpoint), sharded/ (the same in shards), data/ (benchmark files) and results/ (result files of
// every form, with items). Every case is drawn from SEED and its number. `case N KIND` goes to standard error before each;
// whoever runs this sees by it which case ended the process. Errors that are thrown are what should happen.
// Tests/Acceptance/fuzz_evaluation.py runs it.
import BiasEvaluation
import ByteIO
import Glibc
import NeoXModel
import Reports

struct Fuzzer {
  let seeds: String
  let work: String
  let modelFiles = ["model/model.safetensors", "model/config.json", "sharded/model.safetensors.index.json"]
  let dataFiles: [String]
  let resultFiles: [String]
  private(set) var refused = 0
  private(set) var read = 0

  init(seeds: String, work: String) throws {
    self.seeds = seeds
    self.work = work
    dataFiles = try Self.files(seeds, "data")
    resultFiles = try Self.files(seeds, "results")
    for folder in ["model", "sharded", "data", "results"] { try Self.copy(folder, from: seeds, to: work) }
  }

  /// Paths below `root`, at any depth.
  private static func files(_ root: String, _ folder: String) throws -> [String] {
    try FileSystem.names(in: root + "/" + folder).flatMap { name in
      let path = folder + "/" + name
      return FileSystem.isDirectory(root + "/" + path) ? try files(root, path) : [path]
    }.sorted()
  }

  private static func copy(_ folder: String, from: String, to: String) throws {
    for file in try files(from, folder) {
      try FileSystem.makeDirectory(FileSystem.parent(of: to + "/" + file) ?? to)
      try AtomicFile.replace(to + "/" + file, with: FileSystem.contents(of: from + "/" + file))
    }
  }

  mutating func run(_ number: Int, seed: UInt64) throws {
    var mutator = Mutator(draw: Draw(seed: seed, number: number))
    let file: String
    switch number % 4 {
    case 0: file = modelFiles[mutator.draw.below(modelFiles.count)]
    case 1: file = dataFiles[mutator.draw.below(dataFiles.count)]
    default: file = resultFiles[mutator.draw.below(resultFiles.count)]
    }
    note("case \(number) \(file)")
    let source = try FileSystem.contents(of: seeds + "/" + file)
    let damaged =
      file.hasSuffix(".safetensors")
      ? mutator.safetensors(source) : file.hasSuffix(".json") ? mutator.json(source) : mutator.bytes(source)
    try write(damaged, to: file)
    defer { try? write(source, to: file) }
    do {
      try use(file, &mutator.draw)
      read += 1
    } catch {
      refused += 1
      // What is thrown has words.
      precondition(!"\(error)".isEmpty)
    }
  }

  /// Not atomically: that would be most of the time.
  private func write(_ bytes: [UInt8], to file: String) throws {
    let output = try PositionedFile(work + "/" + file)
    try output.setSize(bytes.count)
    try bytes.withUnsafeBytes { try output.write($0, at: 0) }
  }

  private func use(_ file: String, _ draw: inout Draw) throws {
    switch file.prefix(while: { $0 != "/" }) {
    case "data":
      let sources = BenchmarkSources(folder: work + "/data")
      for name in BenchmarkRegistry.names where isOf(file, name) {
        let benchmark = try BenchmarkRegistry.make(name, from: sources)
        precondition(Set(benchmark.items.map(\.id)).count == benchmark.items.count)
      }
    case "results": try report()
    default: try score(work + "/" + file.prefix { $0 != "/" })
    }
  }

  /// Whether a benchmark reads the file.
  private func isOf(_ file: String, _ name: String) -> Bool {
    let folder = file.split(separator: "/")[1]
    return name.hasPrefix(folder) || folder == "winobias" && name == "pronoun-probe"
  }

  private func score(_ folder: String) throws {
    let checkpoint = try Checkpoint(folder: folder)
    let scorer = try Scorer(checkpoint: checkpoint, threads: 1)
    _ = try scorer.logLikelihoods([ScoringRequest([0, 5, 7, 5]), ScoringRequest([0, 5, 9])])
  }

  private func report() throws {
    let writer = ReportWriter(try Analysis(ResultFiles([work + "/results"])))
    _ = try writer.write(to: work + "/report", renderer: FigureRenderer(python: work + "/none"))
  }
}

func note(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

let arguments = CommandLine.arguments
guard arguments.count == 6, let seed = UInt64(arguments[3]), let first = Int(arguments[4]),
  let count = Int(arguments[5])
else {
  note("evaluation-fuzz SEEDS WORK SEED FIRST COUNT")
  exit(2)
}
var fuzzer = try Fuzzer(seeds: arguments[1], work: arguments[2])
for number in first..<first + count { try fuzzer.run(number, seed: seed) }
print("\(fuzzer.refused) refused, \(fuzzer.read) read")
