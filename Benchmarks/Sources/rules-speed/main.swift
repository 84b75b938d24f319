// How fast one thread matches and replaces: swift run -c release --package-path Benchmarks rules-speed PACK FILE… [--subset NAME]
//
//   rules-speed rules/pronouns-m2f.yaml pile/*.jsonl.zst --subset "Gutenberg (PG-19)"
//
// The texts (.jsonl, .jsonl.zst, folders) are read before the clocks start, and each pass is over all of them: seven with their
// matches, and seven with an x for each byte of a match. Prints the best of seven in MB/s of the thread's own time, so that
// what else the machine does matters little, and one line of JSON with the seconds of the median pass, which is what `make bench`
// reads. The digest is of all that was decided and written: two programs that print the same do the same.
import Corpus
import Glibc
import SwapRules

struct Text {
  var bytes: [UInt8] = []
  var documents: [Range<Int>] = []

  /// The documents of a subset, or all where it is nil.
  init(_ files: [String], subset: String?) throws {
    let reader = try DocumentReader(files)
    while let document = try reader.read() {
      if let subset, document.subset?.elementsEqual(subset.utf8) != true { continue }
      documents.append(bytes.count..<(bytes.count + document.text.count))
      bytes.append(contentsOf: document.text)
    }
  }

  /// Decides everywhere and makes every edit, into a buffer that is used again.
  func swap(_ pack: RulePack, _ matcher: Matcher, _ candidates: inout [Candidate], _ output: inout [UInt8]) -> Int {
    var edits = 0
    bytes.withUnsafeBufferPointer { bytes in
      for document in documents {
        let segment = SegmentText(UnsafeBufferPointer(rebasing: bytes[document]))
        candidates.removeAll(keepingCapacity: true)
        matcher.candidates(in: segment, into: &candidates)
        output.removeAll(keepingCapacity: true)
        pack.apply(candidates, to: segment, into: &output)
        edits += candidates.count
      }
    }
    return edits
  }

  /// FNV-1a of every candidate and of the edited text.
  func digest(_ pack: RulePack, _ matcher: Matcher) -> UInt64 {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ value: some BinaryInteger) { digest = (digest ^ UInt64(truncatingIfNeeded: value)) &* 0x100_0000_01B3 }
    bytes.withUnsafeBufferPointer { bytes in
      for document in documents {
        let segment = SegmentText(UnsafeBufferPointer(rebasing: bytes[document]))
        var candidates: [Candidate] = []
        matcher.candidates(in: segment, into: &candidates)
        for candidate in candidates {
          for value in [candidate.start, candidate.end, Int(candidate.entry), Int(candidate.branch)] { add(value) }
          add(candidate.isUncertain ? 1 : 0)
          for byte in pack.rule(of: candidate).utf8 { add(byte) }
        }
        for byte in pack.applying(candidates, to: segment) { add(byte) }
      }
    }
    return digest
  }

  /// The same text with an x for each byte of a match.
  func blanked(_ matcher: Matcher) -> Text {
    var blank = self
    var candidates: [Candidate] = []
    for document in documents {
      candidates.removeAll(keepingCapacity: true)
      bytes.withUnsafeBufferPointer {
        matcher.candidates(in: SegmentText(UnsafeBufferPointer(rebasing: $0[document])), into: &candidates)
      }
      for candidate in candidates {
        for place in candidate.start..<candidate.end { blank.bytes[document.lowerBound + place] = 0x78 }
      }
    }
    return blank
  }
}

/// Seconds of a clock.
func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// One pass: candidates, seconds of the thread and of the clock.
struct Pass {
  var candidates: Int
  var cpu: Double
  var wall: Double
}

/// Seven passes, the fastest first.
func passes(over text: Text, _ pack: RulePack, _ matcher: Matcher) -> [Pass] {
  var (candidates, output): ([Candidate], [UInt8]) = ([], [])
  return (0..<7).map { _ in
    let start = (cpu: seconds(CLOCK_THREAD_CPUTIME_ID), wall: seconds(CLOCK_MONOTONIC))
    let found = text.swap(pack, matcher, &candidates, &output)
    return Pass(
      candidates: found, cpu: seconds(CLOCK_THREAD_CPUTIME_ID) - start.cpu, wall: seconds(CLOCK_MONOTONIC) - start.wall)
  }.sorted { $0.cpu < $1.cpu }
}

func report(_ name: String, _ passes: [Pass], bytes: Int) {
  print("\(name): \(Int(Double(bytes) / passes[0].cpu / 1e6)) MB/s, \(bytes) bytes, \(passes[0].candidates) candidates")
}

func json(_ pass: Pass) -> String {
  "{\"candidates\": \(pass.candidates), \"cpu\": \(pass.cpu), \"wall\": \(pass.wall)}"
}

var arguments = Array(CommandLine.arguments.dropFirst())
var subset: String?
if let option = arguments.firstIndex(of: "--subset"), option + 1 < arguments.count {
  subset = arguments[option + 1]
  arguments.removeSubrange(option...option + 1)
}
guard arguments.count > 1 else {
  print("usage: rules-speed PACK FILE… [--subset NAME]")
  print("such as: rules-speed rules/pronouns-m2f.yaml data/pile-like --subset 'Gutenberg (PG-19)'")
  exit(2)
}
let pack = try RulePack.load(path: arguments[0])
let matcher = try Matcher(pack)
let text = try Text(Array(arguments[1...]), subset: subset)
let bytes = text.bytes.count
guard bytes > 0 else {
  print("rules-speed: there is no such text")
  exit(1)
}
let digest = String(text.digest(pack, matcher), radix: 16)
let matching = passes(over: text, pack, matcher)
let plain = passes(over: text.blanked(matcher), pack, matcher)
print("digest", digest)
report("with matches", matching, bytes: bytes)
report("without", plain, bytes: bytes)
print(
  "{\"bytes\": \(bytes), \"digest\": \"\(digest)\", \"matching\": \(json(matching[3])), \"plain\": \(json(plain[3]))}")
