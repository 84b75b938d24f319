import ByteIO

/// SHA-256 of files by name, as `shard_hashes.txt` of the published data sets has them: `NAME HASH`, one file a line.
///
/// What `sha256sum` prints, `HASH  NAME`, is read too.
public struct HashList: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// Without folders.
    public let name: String
    /// 64 lower-case hexadecimal digits.
    public let sha256: String

    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }

    /// The entry's line, without its end.
    public var line: String { "\(name) \(sha256)" }
  }

  public let entries: [Entry]

  public init(entries: [Entry]) { self.entries = entries }

  /// Reads a list; a line that is none is an error with its number.
  public init(path: String) throws {
    try self.init(FileSystem.contents(of: path, limit: 1 << 26), name: path)
  }

  init(_ bytes: [UInt8], name: String) throws {
    var entries: [Entry] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if words.isEmpty { continue }
      guard words.count == 2, let entry = Self.entry(words[0], words[1]) ?? Self.entry(words[1], words[0]) else {
        throw DatasetFailure(
          .format, name, "line \(number + 1) is not NAME and SHA-256, with a space between: no list of hashes")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else { throw DatasetFailure(.format, name, "it is empty: no list of hashes") }
    self.entries = entries
  }

  private static func entry(_ name: ArraySlice<UInt8>, _ hash: ArraySlice<UInt8>) -> Entry? {
    let digits = hash.map { UInt8(ascii: "A")...UInt8(ascii: "F") ~= $0 ? $0 | 0x20 : $0 }
    let isHash = digits.allSatisfy { 0x30...0x39 ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }
    guard digits.count == 64, isHash else { return nil }
    // sha256sum marks files read in binary mode with a star.
    let bare = name.first == UInt8(ascii: "*") ? name.dropFirst() : name
    return Entry(
      name: FileSystem.name(of: String(decoding: bare, as: UTF8.self)), sha256: String(decoding: digits, as: UTF8.self))
  }
}

/// Hashes a data set's files and checks them against a list.
public struct DatasetHashing {
  /// Told of bytes done and bytes in all, every few MiB.
  let progress: (Int, Int) -> Void

  public init(progress: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }) { self.progress = progress }

  /// The shards, or the `.bin`, in order, and the `.idx` last; handed to `body` as they are done. About 1.5 GB/s.
  public func forEachHash(ofDataset prefix: String, _ body: (HashList.Entry) throws -> Void) throws {
    let files = try DataFiles(prefix: prefix)
    let paths = files.data + [files.index]
    let total = try paths.reduce(0) { try $0 + FileSystem.size(of: $1) }
    var done = 0
    for path in paths {
      try body(HashList.Entry(name: FileSystem.name(of: path), sha256: hash(path, &done, total)))
    }
  }

  /// What became of a file of a list.
  public struct Verdict: Sendable, Equatable {
    public enum Outcome: String, Sendable { case same, differs, missing }
    public let name: String
    public let outcome: Outcome
    /// What is there instead, where that can be said.
    public let detail: String
  }

  /// Checks every file of a list that belongs to the data set, present or not, and hands each verdict over as it comes.
  ///
  /// Throws if the list has none of its files.
  public func forEachVerdict(
    onDataset prefix: String, _ list: HashList, _ body: (Verdict) throws -> Void
  ) throws {
    let bare = DataFiles.bare(prefix)
    let stem = FileSystem.name(of: bare)
    let folder = FileSystem.parent(of: bare) ?? "."
    let entries = list.entries.filter { DataFiles.bare($0.name) == stem }
    guard !entries.isEmpty else {
      throw DatasetFailure(
        .range, bare, "the list has no file of this name; its first is \(list.entries.first?.name ?? "missing")")
    }
    let paths = entries.map { folder + "/" + $0.name }
    let total = try paths.filter(FileSystem.exists).reduce(0) { try $0 + FileSystem.size(of: $1) }
    var done = 0
    for (entry, path) in zip(entries, paths) {
      guard FileSystem.exists(path) else {
        try body(Verdict(name: entry.name, outcome: .missing, detail: "there is no such file"))
        continue
      }
      let found = try hash(path, &done, total)
      try body(
        found == entry.sha256
          ? Verdict(name: entry.name, outcome: .same, detail: "")
          : Verdict(name: entry.name, outcome: .differs, detail: Self.explain(path, found)))
    }
  }

  private func hash(_ path: String, _ done: inout Int, _ total: Int) throws -> String {
    let file = try InputFile(path)
    let hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 22, alignment: 64)
    defer { buffer.deallocate() }
    while case let count = try file.read(into: buffer), count > 0 {
      hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      done += count
      progress(done, total)
    }
    return hash.finish()
  }

  /// The commonest causes, by name.
  private static func explain(_ path: String, _ found: String) throws -> String {
    let zeros = try ZeroFill(MappedFile(path, access: .sequential))
    guard zeros.total > 0 else { return "it is empty" }
    let cause = zeros.isSuspicious ? "; \(zeros.description): a copy that was not filled" : ""
    return "its SHA-256 is \(found), \(zeros.total) bytes\(cause)"
  }
}
