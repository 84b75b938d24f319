// Compares the encoder with a slow, obviously right one:
//
//   encode-fuzz TOKENIZER [--seconds 600] [--seed N] [--case N] [FILE…]
//
// FILEs (.jsonl, .jsonl.zst, folders) give real text to draw from. Of every case: the same ids from an encoder that has seen all
// cases before, from one with a small cache, and from pre-token by pre-token; and the ids' bytes are the text. A case's number
// and the seed make it again. Exits with 1 at the first difference.
import ByteIO
import Corpus
import Glibc
import Tokenization

struct Fuzzer {
  private let tokenizer: Tokenizer
  private let slow: SlowEncoder
  private let maker: TextMaker
  private let encoders: [Encoder]
  private(set) var bytes = 0
  private(set) var refused = 0

  init(tokenizer path: String, files: [String]) throws {
    let json = try FileSystem.contents(of: path)
    tokenizer = try Tokenizer(json: json, name: path)
    slow = try SlowEncoder(json, name: path)
    maker = TextMaker(documents: try Self.documents(files), addedContents: slow.addedContents)
    encoders = [Encoder(tokenizer), Encoder(tokenizer, for: .words)]
  }

  /// Some documents of each file: every hundredth, 64 MB of text at most.
  private static func documents(_ files: [String]) throws -> [[UInt8]] {
    if files.isEmpty { return [] }
    var documents: [[UInt8]] = []
    var (number, size) = (0, 0)
    let reader = try DocumentReader(files)
    while size < 64 << 20, let document = try reader.read() {
      number += 1
      if number % 100 != 0 || document.text.isEmpty { continue }
      documents.append(Array(document.text))
      size += document.text.count
    }
    return documents
  }

  func text(_ number: Int, seed: UInt64) -> [UInt8] {
    var draw = Draw(seed: seed, number: number)
    return maker.make(&draw)
  }

  /// What differs, or nil.
  mutating func difference(_ text: [UInt8]) throws -> String? {
    bytes += text.count
    guard let expected = try slow.encode(text) else {
      refused += 1
      return (try? encoders[0].encode(text)) == nil ? nil : "text that is no UTF-8 was encoded"
    }
    for encoder in encoders {
      let ids = try encoder.encode(text)
      if ids != expected { return "ids \(ids), expected \(expected)" }
    }
    if try slow.normalized(text) == text, stepped(text) != expected {
      return "pre-token by pre-token: \(stepped(text))"
    }
    return nil
  }

  private func stepped(_ text: [UInt8]) -> [UInt32] {
    var ids: [UInt32] = []
    text.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        let end = encoders[1].preTokenEnd(in: text, from: start)
        encoders[1].encodePreToken(UnsafeBufferPointer(rebasing: text[start..<end]), into: &ids)
        start = end
      }
    }
    return ids
  }
}

func clock() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec
}

func run(_ arguments: [String]) throws -> Bool {
  var (seconds, seed, only): (Int, UInt64, Int?) = (600, 1, nil)
  var rest = arguments.dropFirst(2)
  while let option = rest.first, option.hasPrefix("--"), rest.count > 1, let value = Int(rest[rest.startIndex + 1]) {
    switch option {
    case "--seconds": seconds = value
    case "--seed": seed = UInt64(truncatingIfNeeded: value)
    default: only = value
    }
    rest = rest.dropFirst(2)
  }
  var fuzzer = try Fuzzer(tokenizer: arguments[1], files: Array(rest))
  let end = clock() + seconds
  var number = only ?? 0
  repeat {
    let text = fuzzer.text(number, seed: seed)
    if let difference = try fuzzer.difference(text) {
      print("seed \(seed) case \(number): \(difference)\n\(String(decoding: text, as: UTF8.self).debugDescription)")
      return false
    }
    number += 1
  } while only == nil && clock() < end
  print("\(number) cases, \(fuzzer.bytes) bytes, no difference; \(fuzzer.refused) were no UTF-8")
  return true
}

guard CommandLine.arguments.count > 1 else {
  print("usage: encode-fuzz TOKENIZER [--seconds 600] [--seed N] [--case N] [FILE…]")
  exit(2)
}
exit(try run(CommandLine.arguments) ? 0 : 1)
