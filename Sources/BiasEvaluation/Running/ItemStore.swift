import ByteIO

/// An item file that grows: what a killed run wrote is taken up, and the bytes in the end are those of a run that was not.
///
/// Lines go to `PATH.partial`, in the items' order; the file gets its name when it is complete. The name holds the key of
/// all that the scores depend on, and so does the first line.
final class ItemStore {
  let path: String
  /// The items that are there, the first ones of the benchmark.
  private(set) var scored: [ScoredItem]
  private let header: [UInt8]
  private var partial: PositionedFile?
  private var size = 0

  /// Opens, or takes up, the scores of `items` in `folder`. A file that another process writes is refused.
  init(_ fingerprint: Fingerprint, items: [BenchmarkItem], folder: String) throws {
    path = "\(folder)/\(fingerprint.benchmark)-\(fingerprint.key.prefix(16)).jsonl"
    header = try ItemLine.header(fingerprint)
    scored = []
    if FileSystem.exists(path) {
      scored = try Self.read(path, header, items).items
      guard scored.count == items.count else {
        throw EvaluationFailure(.output, path, "it has \(scored.count) of \(items.count) items. Remove it.")
      }
    } else {
      try takeUp(items)
    }
  }

  private func takeUp(_ items: [BenchmarkItem]) throws {
    let file = try PositionedFile(path + ".partial")
    try file.lock()
    let (there, end) = try Self.read(path + ".partial", header, items)
    try file.setSize(end)
    size = end
    if end == 0 {
      try header.withUnsafeBytes { try file.write($0, at: 0) }
      size = header.count
    }
    scored = there
    partial = file
  }

  /// Adds the next items, durably.
  func append(_ items: [ScoredItem]) throws {
    guard let partial else { return }
    let bytes = try items.flatMap { try ItemLine.line($0) }
    try bytes.withUnsafeBytes { try partial.write($0, at: size) }
    try partial.synchronize()
    size += bytes.count
    scored += items
  }

  /// Gives the file its name.
  func finish() throws {
    guard let partial else { return }
    try partial.synchronize()
    try FileSystem.rename(path + ".partial", to: path)
    self.partial = nil
  }

  /// The items at the file's front that are those expected, and where they end. A line that was cut ends it; another
  /// header, or another item than expected, is no front at all.
  private static func read(
    _ path: String, _ header: [UInt8], _ items: [BenchmarkItem]
  ) throws -> (items: [ScoredItem], end: Int) {
    let bytes = try FileSystem.contents(of: path)
    guard bytes.starts(with: header) else { return ([], 0) }
    var (scored, start) = ([ScoredItem](), header.count)
    while scored.count < items.count, let end = bytes[start...].firstIndex(of: 0x0A) {
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      guard let item = try? ItemLine.read(text, name: path), item.id == items[scored.count].id else { break }
      scored.append(item)
      start = end + 1
    }
    return (scored, start)
  }
}
