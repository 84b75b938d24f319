// How fast one thread matches and replaces: swift run -c release --package-path Benchmarks rules-speed PACK SUBSET CORPUS…
//
//   rules-speed rules/pronouns-m2f.yaml "Gutenberg (PG-19)" pile/*.jsonl.zst
//
// Time is the thread's own, so that what else the machine does matters little. Prints, for the documents of a subset, MB/s with
// their matches and with every match blanked out, each the best of seven, and a digest of all that was decided and written:
// two programs that print the same do the same.
import Corpus
import Glibc
import SwapRules

struct Text {
  var bytes: [UInt8] = []
  var documents: [Range<Int>] = []

  init(subset: String, of corpus: [String]) throws {
    let reader = try DocumentReader(corpus)
    while let document = try reader.read() {
      guard document.subset?.elementsEqual(subset.utf8) == true else { continue }
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

/// Seconds that this thread has run.
func threadTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func measure(_ name: String, _ text: Text, _ pack: RulePack, _ matcher: Matcher) {
  var (candidates, output): ([Candidate], [UInt8]) = ([], [])
  var (best, found) = (Double.infinity, 0)
  for _ in 0..<7 {
    let start = threadTime()
    found = text.swap(pack, matcher, &candidates, &output)
    best = min(best, threadTime() - start)
  }
  let speed = Double(text.bytes.count) / best / 1e6
  print("\(name): \(Int(speed)) MB/s, \(text.bytes.count) bytes, \(found) candidates")
}

let arguments = CommandLine.arguments
guard arguments.count > 3 else {
  print("usage: rules-speed PACK SUBSET CORPUS…")
  print("such as: rules-speed rules/pronouns-m2f.yaml 'Gutenberg (PG-19)' data/pile-like")
  exit(2)
}
let pack = try RulePack.load(path: arguments[1])
let matcher = try Matcher(pack)
let text = try Text(subset: arguments[2], of: Array(arguments[3...]))
print("digest", String(text.digest(pack, matcher), radix: 16))
measure("with matches", text, pack, matcher)
measure("without", text.blanked(matcher), pack, matcher)
