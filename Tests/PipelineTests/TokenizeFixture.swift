import ByteIO
import Corpus
import Foundation
import StructuredText
import TestSupport
import Tokenization

@testable import Pipeline

/// A small raw Pile, a tokenizer, and somewhere to write.
struct TokenizeFixture {
  let folder = TemporaryFolder()
  var tokenizer: String { folder.file("tokenizer.json") }
  var pile: String { folder.file("pile") }

  init(documents: Int = 300) throws {
    try TinyTokenizer.write(tokenizer)
    try FileSystem.makeDirectory(pile)
    try writePile(documents)
  }

  func job(_ output: String, workers: Int = 2) -> TokenizeJob {
    var job = TokenizeJob(inputs: [pile], tokenizer: tokenizer, prefix: folder.file(output))
    job.workers = workers
    job.progress = .quiet
    job.batchSize = 1000
    job.checkpointBytes = 2000
    return job
  }

  /// Names of the files that begin with `output`.
  func names(_ output: String) throws -> [String] {
    try FileSystem.names(in: folder.path).filter { $0.hasPrefix(output) }
  }

  /// Names that are final: not those a later run goes on from.
  func finalNames(_ output: String) throws -> [String] {
    try names(output).filter { !$0.hasSuffix(".partial") }
  }

  /// The output files' bytes by what follows the prefix, stamps left out.
  func bytes(_ output: String) throws -> [String: [UInt8]] {
    var all: [String: [UInt8]] = [:]
    for name in try names(output) where !name.hasSuffix("stamps.json") {
      all[String(name.dropFirst(output.count))] = try FileSystem.contents(of: folder.file(name))
    }
    return all
  }

  /// What `.bin` should hold.
  func slowBin(eod: Bool) throws -> [UInt8] { try SlowTwin([pile], tokenizer, eod: eod).bin }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try AtomicFile.replace(pile + "/" + name, with: bytes)
  }

  private func writePile(_ documents: Int) throws {
    var generator = SplitMix(state: 7)
    let lines = (0..<documents).map { Self.line($0, &generator) }
    let third = documents / 3
    try write("0.jsonl", lines[..<third].flatMap { $0 + [0x0A] })
    try write("1.jsonl", [])
    try write("2.jsonl", lines[third..<(2 * third)].flatMap { $0 + [0x0D, 0x0A] } + [0x0A])
    let bytes: [UInt8] = lines[(2 * third)...].flatMap { $0 + [0x0A] }.dropLast()
    let cuts = [0, bytes.count / 3, bytes.count / 2, bytes.count]
    var frames: [UInt8] = []
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      let writer = try ZstdFileWriter(folder.file("frame"))
      try Array(bytes[from..<to]).withUnsafeBytes { try writer.write($0) }
      try writer.commit()
      frames += try FileSystem.contents(of: folder.file("frame"))
    }
    try FileSystem.remove(folder.file("frame"))
    try write("3.jsonl.zst", frames)
  }

  private static func line(_ number: Int, _ generator: inout SplitMix) -> [UInt8] {
    let words = ["the", "cat", "saw", "her", "in", "an", "öde", "😀", "\\n", "<|endoftext|>", "\\u00e9\\ud800", "\\\""]
    let count = number % 17 == 5 ? 0 : number % 50 == 3 ? 900 : Int.random(in: 1...30, using: &generator)
    let text = (0..<count).map { _ in words.randomElement(using: &generator)! }.joined(separator: " ")
    switch number % 4 {
    case 0: return Array(#"{"text": "\#(text)", "meta": {"pile_set_name": "Set \#(number % 5)"}}"#.utf8)
    case 1: return Array(#"{"meta": {}, "text": ["\#(text)", "\#(text)"]}"#.utf8)
    case 2: return Array(#""\#(text)""#.utf8)
    default: return Array(#"{"text":"\#(text)"}"#.utf8)
    }
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The obvious way to tokenize a Pile: one document after another, everything in memory.
struct SlowTwin {
  var bin: [UInt8] = []
  var sizes: [Int] = []
  var origin: [UInt8] = []
  var subsets: [String] = []
  var documents: [Int]
  var dropped: [Int]
  var loneSurrogates: [Int]

  init(_ inputs: [String], _ tokenizerPath: String, eod: Bool, width: Int = 2) throws {
    let encoder = Encoder(try Tokenizer(path: tokenizerPath))
    let reader = try DocumentReader(inputs)
    documents = reader.files.map { _ in 0 }
    (dropped, loneSurrogates) = (documents, documents)
    while let document = try reader.read() {
      var ids: [UInt32] = []
      try encoder.encode(document.text, into: &ids)
      guard !ids.isEmpty else {
        dropped[document.file] += 1
        continue
      }
      if eod { ids.append(0) }
      documents[document.file] += 1
      loneSurrogates[document.file] += document.loneSurrogates
      sizes.append(ids.count)
      for id in ids { bin += (0..<width).map { UInt8(truncatingIfNeeded: id >> (8 * UInt32($0))) } }
      let subset = document.subset.map { number(String(decoding: $0, as: UTF8.self)) } ?? 65535
      origin += little(subset, 2) + little(document.file, 2) + little(0, 4) + little(document.line, 8)
    }
  }

  /// The layout of specs/neox-data.md section 1.
  func idx(width: Int = 2) -> [UInt8] {
    var bytes = Array("MMIDIDX\0\0".utf8) + little(1, 8) + [width == 2 ? 8 : 4]
    bytes += little(sizes.count, 8) + little(sizes.count + 1, 8)
    bytes += sizes.flatMap { little($0, 4) }
    var start = 0
    for size in sizes {
      bytes += little(start, 8)
      start += size * width
    }
    return bytes + (0...sizes.count).flatMap { little($0, 8) }
  }

  private mutating func number(_ name: String) -> Int {
    if let number = subsets.firstIndex(of: name) { return number }
    subsets.append(name)
    return subsets.count - 1
  }

  private func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// Where two files differ, in a few words; nil if they do not.
func difference(_ left: [UInt8]?, _ right: [UInt8]?) -> String? {
  guard let left, let right else { return left == nil && right == nil ? nil : "one is missing" }
  if left == right { return nil }
  let at = zip(left, right).enumerated().first { $1.0 != $1.1 }?.offset ?? min(left.count, right.count)
  return "\(left.count) and \(right.count) bytes, first difference at \(at)"
}

/// Which of two sets of files differ, and where.
func difference(_ left: [String: [UInt8]], _ right: [String: [UInt8]]) -> String? {
  let found = Set(left.keys).union(right.keys).sorted().compactMap { name in
    difference(left[name], right[name]).map { name + ": " + $0 }
  }
  return found.isEmpty ? nil : found.joined(separator: "; ")
}
