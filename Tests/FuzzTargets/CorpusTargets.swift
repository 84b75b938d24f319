import ByteIO
import Corpus

extension FuzzTarget {
  /// Raw Piles: by small and by large batches the same documents, all of them UTF-8, and the same error.
  static let jsonLines = FuzzTarget(
    "json-lines",
    seeds: [
      #"{"text": "a \u00e9 \ud83d\ude00 b", "meta": {"pile_set_name": "Pile-CC"}}"#,
      "{\"meta\": {\"pile_set_name\": null}, \"text\": [\"a\", \"b\"]}\r\n\"alone\"\n\n",
      #"{"text": "\ud800", "x": [NaN, -Infinity, 1e999, 12345678901234567890123, {"y": [[[]]]}]}"#,
    ].map { [UInt8](utf8: $0) }
  ) { _ in
    let parser = try LineParser()
    return { bytes in
      for policy in [ErrorPolicy.stop, .skip] {
        let all = try read(bytes, policy, parser, batch: 1 << 12, piece: .max)
        let some = try read(bytes, policy, parser, batch: 7, piece: 5)
        try Disagreement.check(all == some, "batches of all sizes hold the same documents: \(all) \(some)")
      }
    }
  }

  /// What is in the lines, and what is wrong with them.
  private static func read(
    _ bytes: UnsafeRawBufferPointer, _ policy: ErrorPolicy, _ parser: LineParser, batch: Int, piece: Int
  ) throws -> [String] {
    let reader = LineReader(MemoryStream(bytes, piece: piece), policy: policy, batchSize: batch)
    var found: [String] = []
    do {
      while let batch = try reader.next() {
        for index in 0..<batch.count {
          do {
            let line = try parser.parse(batch, index)
            let subset = try line.subset.map(text) ?? "-"
            found.append("\(batch.offset(ofLine: index)) \(line.loneSurrogates) \(subset) \(try text(line.text))")
          } catch let fault as LineFault {
            found.append("\(batch.failure(fault, inLine: index, of: reader.files[batch.start.file]))")
          }
        }
      }
    } catch let error as CorpusFailure {
      found.append("\(error)")
    }
    return found
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Disagreement("what is read is UTF-8") }
    return text
  }

  /// Compressed streams: the same bytes by pieces of any size, and at most 64 MB of them.
  static let zstd = FuzzTarget(
    "zstd",
    seeds: [
      // A frame of four bytes stored as they are, one of a run, an empty one, and a skippable one.
      [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x04, 0x21, 0x00, 0x00, 0x61, 0x62, 0x63, 0x64],
      [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x40, 0x03, 0x02, 0x00, 0x61],
      [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x00, 0x01, 0x00, 0x00],
      [0x50, 0x2A, 0x4D, 0x18, 0x02, 0x00, 0x00, 0x00, 0x61, 0x62],
      // A window of 2 GB.
      [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x21, 0x00, 0x00, 0x61, 0x62, 0x63, 0x64],
    ]
  ) { _ in
    { bytes in
      // Of a frame whose last block is empty, libzstd checks the size only where it has all of it at once.
      let whole = expanded(bytes, by: 1 << 17, piece: .max)
      let pieces = expanded(bytes, by: 1000, piece: 3)
      try Disagreement.check(
        whole == nil || pieces == nil || whole == pieces, "pieces of all sizes give the same bytes")
    }
  }

  /// The bytes' hash; nil for an error, whose place depends on how much was asked for.
  private static func expanded(_ bytes: UnsafeRawBufferPointer, by room: Int, piece: Int) -> String? {
    let reader = ZstdReader(MemoryStream(bytes, piece: piece))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 16)
    defer { buffer.deallocate() }
    let hash = SHA256()
    var left = 64 << 20
    do {
      while left > 0,
        case let count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(room, left)])),
        count > 0
      {
        hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        left -= count
      }
    } catch {
      return nil
    }
    return hash.finish()
  }
}
