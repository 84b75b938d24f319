// How fast one thread encodes: swift run -c release --package-path Benchmarks encode-speed TOKENIZER FILE…
//
// One cold pass: the encoder and its caches are made inside the measured time, the tokenizer is loaded and the files (.jsonl,
// .jsonl.zst, folders) are read before it. Prints one line of JSON: bytes, documents, seconds of the thread and of the clock,
// and the SHA-256 of all ids as little-endian u16, which is how `make bench` sees that everybody encodes alike.
import ByteIO
import Corpus
import Glibc
import Tokenization

struct Texts {
  var bytes: [UInt8] = []
  var documents: [Range<Int>] = []

  init(_ files: [String]) throws {
    let reader = try DocumentReader(files)
    while let document = try reader.read() {
      documents.append(bytes.count..<(bytes.count + document.text.count))
      bytes.append(contentsOf: document.text)
    }
  }

  /// The ids of every document, one after another.
  func encode(with tokenizer: Tokenizer) throws -> [UInt16] {
    let encoder = Encoder(tokenizer)
    var ids: [UInt16] = []
    // Room that is not touched costs nothing; growing by doubling would measure the kernel.
    ids.reserveCapacity(bytes.count / 2)
    try bytes.withUnsafeBufferPointer { bytes in
      for document in documents {
        try encoder.encode(UnsafeBufferPointer(rebasing: bytes[document]), into: &ids)
      }
    }
    return ids
  }
}

/// SHA-256 of the ids as little-endian u16. A function, since closures of top-level code ask for the main actor at every call.
func hash(_ ids: [UInt16]) -> String {
  ids.map { $0.littleEndian }.withUnsafeBytes { SHA256.hash($0) }
}

/// Touches memory and gives it back. On a virtual machine the first touch of a page that the host has taken away costs ten times
/// what another one does, and whom it meets is chance: the peers do the same before they start their clocks.
func touchMemory() {
  let size = 512 << 20
  let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 1 << 12)
  for page in stride(from: 0, to: size, by: 1 << 12) { memory.storeBytes(of: 1, toByteOffset: page, as: UInt8.self) }
  memory.deallocate()
}

/// Seconds of a clock.
func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

let arguments = CommandLine.arguments
guard arguments.count > 2 else {
  print("usage: encode-speed TOKENIZER FILE…")
  exit(2)
}
let tokenizer = try Tokenizer(path: arguments[1])
let texts = try Texts(Array(arguments[2...]))
touchMemory()
let start = (cpu: seconds(CLOCK_THREAD_CPUTIME_ID), wall: seconds(CLOCK_MONOTONIC))
let ids = try texts.encode(with: tokenizer)
let cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - start.cpu
let wall = seconds(CLOCK_MONOTONIC) - start.wall
print(
  """
  {"bytes": \(texts.bytes.count), "documents": \(texts.documents.count), "tokens": \(ids.count), \
  "cpu": \(cpu), "wall": \(wall), "sha256": "\(hash(ids))"}
  """)
