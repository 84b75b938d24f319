import ByteIO
import StructuredText

/// All results of a report: files, and folders searched for them.
public struct ResultFiles: Sendable {
  /// A file in a folder that is no result.
  public struct Skipped: Sendable, Equatable {
    public let path: String
    /// As the report calls it.
    public let shownPath: String
    public let reason: String
  }

  public internal(set) var evaluations: [Evaluation] = []
  public private(set) var skipped: [Skipped] = []

  /// A file that is named twice, or lies in a folder that is named too, is one result.
  private var seen: Set<String> = []
  /// Folders that were read: links may lead to one again.
  private var seenFolders: Set<FileIdentity> = []

  /// Reads files, and of folders all that lies in them at any depth, in the order of names.
  ///
  /// What is named must be a result. In folders, what does not end in `.json` is skipped by name; a `.json` that is no
  /// result is an error there too: a report that leaves out a damaged file says too little.
  ///
  /// `labels` say what results are of where they do not say it.
  public init(_ paths: [String], labels: ResultLabels? = nil) throws {
    for path in paths {
      if FileSystem.isDirectory(path) {
        try readFolder(path, root: FileSystem.parent(of: path) ?? "", depth: 0)
      } else {
        try read(path, root: FileSystem.parent(of: path) ?? "")
      }
    }
    let items = Set(evaluations.flatMap(\.itemPaths))
    skipped.removeAll { items.contains($0.path) || Self.isOfPrecision($0.path) }
    if evaluations.isEmpty {
      throw ReportFailure(.noResults, path: paths.first ?? "", reason: "there is no result file in what was named")
    }
    try labels?.apply(to: &evaluations)
    skipped.removeAll { $0.path == labels?.path }
  }

  /// What `tiresias evaluate` measured of a precision: its results say it.
  private static func isOfPrecision(_ path: String) -> Bool {
    let name = FileSystem.name(of: path)
    return name.hasPrefix("precision-") && name.hasSuffix(".jsonl")
  }

  private static let depthLimit = 32

  private mutating func read(_ path: String, root: String) throws {
    guard seen.insert(path).inserted else { return }
    var evaluation = try ResultFile.read(path)
    evaluation.shownSource = Self.shown(path, below: root)
    evaluations.append(evaluation)
  }

  /// What is below the folder that holds what was named: the same on every machine.
  private static func shown(_ path: String, below root: String) -> String {
    guard !root.isEmpty, path.hasPrefix(root) else { return path }
    return String(path.dropFirst(root.count).drop { $0 == "/" })
  }

  private mutating func readFolder(_ folder: String, root: String, depth: Int) throws {
    guard depth < Self.depthLimit else {
      throw ReportFailure(
        .tooDeep, path: folder, reason: "folders in folders, \(depth) deep; is there a link to itself?")
    }
    guard seenFolders.insert(try FileSystem.identity(of: folder)).inserted else { return }
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    for name in try FileSystem.names(in: folder) {
      let path = base + name
      if FileSystem.isDirectory(path) {
        try readFolder(path, root: root, depth: depth + 1)
      } else if let reason = Self.reasonToSkip(name) {
        skipped.append(Skipped(path: path, shownPath: Self.shown(path, below: root), reason: reason))
      } else {
        try read(path, root: root)
      }
    }
  }

  /// Why a file in a folder is no result; nil for one that must be.
  private static func reasonToSkip(_ name: String) -> String? {
    if name == "manifest.json" { return "a manifest: name it with --manifest" }
    if name == "report.json" { return "a report, not a result" }
    if name.hasSuffix(".jsonl") { return "scores of single items that no result names" }
    return name.lowercased().hasSuffix(".json") ? nil : "not a .json file"
  }
}
