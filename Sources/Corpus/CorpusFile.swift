import ByteIO

/// One file of a raw Pile.
public struct CorpusFile: Equatable, Sendable {
  /// Where it is opened.
  public let path: String
  /// What records call it: its name inside the input that was given, so never a path of this machine.
  public let name: String
  /// What streams it to standard output, where it is no file of this machine; `path` is what the command calls it.
  public let command: String?

  public init(path: String, name: String, command: String? = nil) {
    self.path = path
    self.name = name
    self.command = command
  }

  /// Its bytes as stored. A command is ended where `isGivenUp` says, some times a second, that nobody waits for it.
  func open(isGivenUp: @escaping @Sendable () -> Bool = { false }) throws -> any ByteStream {
    guard let command else { return try InputFile(path) }
    let quoted = "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    return try CommandStream(
      ["/bin/sh", "-c", command.replacing("{}", with: quoted)], name: path, isGivenUp: isGivenUp)
  }

  /// The files that inputs stand for, in the order in which they are read.
  ///
  /// A file is taken whatever its name (one that ends in `.zst` is decompressed), unless that says that something else
  /// compressed it. A folder stands for its `.jsonl` and `.jsonl.zst` files, sorted by the bytes of their names; files of
  /// other kinds and hidden ones are passed over. A folder inside a folder is refused: the order of its files would be a
  /// guess, and to leave them out would lose data.
  ///
  /// With a `command` each input is one object that the shell's command streams to its standard output, `{}` being the
  /// input's name, quoted: nothing is looked for on this machine.
  public static func list(_ inputs: [String], command: String? = nil) throws -> [CorpusFile] {
    guard !inputs.isEmpty else {
      throw CorpusFailure(.input, path: "input", reason: "no file or folder was given")
    }
    if let command {
      return try inputs.map { input in
        try refuseOtherCompression(input)
        return CorpusFile(path: input, name: FileSystem.name(of: input), command: command)
      }
    }
    return try inputs.flatMap { input in
      try FileSystem.isDirectory(input) ? files(in: input) : [file(input)]
    }
  }

  private static func file(_ path: String) throws -> CorpusFile {
    try refuseOtherCompression(path, of: "")
    _ = try FileSystem.size(of: path)
    return CorpusFile(path: path, name: FileSystem.name(of: path))
  }

  private static func files(in folder: String) throws -> [CorpusFile] {
    var files: [CorpusFile] = []
    for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      if FileSystem.isDirectory(path) {
        throw CorpusFailure(
          .input, path: folder,
          reason: "it holds another folder, \(name). Name the folders to be read one by one, in the order to be kept.")
      }
      try refuseOtherCompression(path)
      if name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.zst") { files.append(CorpusFile(path: path, name: name)) }
    }
    guard !files.isEmpty else {
      throw CorpusFailure(.input, path: folder, reason: "it holds no file that ends in .jsonl or .jsonl.zst")
    }
    return files
  }

  /// Ends of names of what is compressed by anything but zstd, which is not read.
  public static let otherCompressions = [".gz", ".xz", ".bz2", ".lz4"]

  /// A folder's files of other kinds are passed over, and a command may decompress: there only what says that it is
  /// `.jsonl` is surely amiss.
  private static func refuseOtherCompression(_ path: String, of kind: String = ".jsonl") throws {
    guard let ending = otherCompressions.first(where: { path.hasSuffix(kind + $0) }) else { return }
    throw CorpusFailure(
      .input, path: path, reason: "\(ending) files are not read. Decompress it, or compress it with zstd instead.")
  }
}
