// Scores token ids with a GPT-NeoX checkpoint: swift run -c release --package-path Benchmarks neox-scores MODEL REQUESTS …
//
//   neox-scores MODEL REQUESTS [--precision fp32|bf16|bf16x3] [--threads N] [--generate TOKENS]
//
// A request is a line of integers: the index of the first scored token, then the tokens; for --generate the first integer
// means nothing. Prints a line for each, on standard output: the log-likelihood of every scored token, each followed by * if
// it is the most probable one; with --generate the tokens that follow. On standard error: seconds and memory.
import Glibc
import NeoXModel

struct Options {
  var model = ""
  var requests = ""
  var precision = Precision.float32
  var threads = 1
  var generated: Int?

  init(_ arguments: [String]) throws {
    var rest = arguments.dropFirst()[...]
    var places: [String] = []
    while let argument = rest.popFirst() {
      switch argument {
      case "--precision": precision = rest.popFirst().flatMap(Precision.init(rawValue:)) ?? precision
      case "--threads": threads = rest.popFirst().flatMap(Int.init) ?? threads
      case "--generate": generated = rest.popFirst().flatMap(Int.init)
      default: places.append(argument)
      }
    }
    guard places.count == 2 else { throw Usage() }
    (model, requests) = (places[0], places[1])
  }

  struct Usage: Error {}
}

func readRequests(_ path: String) -> [ScoringRequest] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var line: UnsafeMutablePointer<CChar>?
  var capacity = 0
  defer { free(line) }
  var requests: [ScoringRequest] = []
  while getline(&line, &capacity, file) > 0, let text = line {
    let numbers = String(cString: text).split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    requests.append(ScoringRequest(Array(numbers.dropFirst()), scoredFrom: Int(numbers.first ?? 1)))
  }
  return requests
}

/// Seconds that all threads computed.
func processorSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
}

/// The most memory that was resident, in MB. Not rusage's, which begins with that of the process that started this one.
func peakMemory() -> Int {
  guard let file = fopen("/proc/self/status", "r") else { return 0 }
  defer { fclose(file) }
  var buffer = [CChar](repeating: 0, count: 256)
  while fgets(&buffer, 256, file) != nil {
    let line = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let words = line.split(whereSeparator: \.isWhitespace)
    if words.count > 1, words[0] == "VmHWM:" { return (Int(words[1]) ?? 0) / 1000 }
  }
  return 0
}

func note(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

func report(_ what: String, since start: ContinuousClock.Instant) {
  let seconds = processorSeconds()
  note("\(what): \(ContinuousClock.now - start); so far \(seconds) s of processors, \(peakMemory()) MB at most")
}

let options = try Options(CommandLine.arguments)
let requests = readRequests(options.requests)
let begun = ContinuousClock.now
let checkpoint = try Checkpoint(folder: options.model, threads: options.threads)
report("read and hashed", since: begun)
let packing = ContinuousClock.now
let scorer = try Scorer(checkpoint: checkpoint, precision: options.precision, threads: options.threads)
try scorer.pack()
report("packed", since: packing)
note("\(scorer.fingerprint)\nweights \(checkpoint.weightHash)")

let start = ContinuousClock.now
var lines: [String]
if let generated = options.generated {
  let continuations = try scorer.continuations(of: requests.map(\.tokens), maxTokens: generated)
  lines = continuations.map { $0.map(String.init).joined(separator: " ") }
} else {
  lines = try scorer.logLikelihoods(requests).map { scored in
    zip(scored.logLikelihoods, scored.isGreedy).map { "\($0)\($1 ? "*" : "")" }.joined(separator: " ")
  }
}
report("scored \(requests.count) requests", since: start)
for line in lines { puts(line) }
