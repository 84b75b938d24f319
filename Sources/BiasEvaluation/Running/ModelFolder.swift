import ByteIO
import Glibc

/// A checkpoint to score: where it lies, and what results call it.
public struct ModelFolder: Sendable, Equatable {
  public let path: String
  /// The run it belongs to, such as `pythia-410m-deduped`.
  public let name: String
  /// The run's own step; nil where none is known.
  public let step: Int?
  /// The publisher's label, such as `step143000`; nil where none is known.
  public let published: String?
  /// Of its training, where the same arm was trained several times; nil where it was not said.
  public var seed: Int?

  public init(path: String, name: String, step: Int?, published: String? = nil) {
    self.path = path
    self.name = name
    self.step = step
    self.published = published
  }

  /// A folder by its path. `…/NAME/step1000` and `…/NAME/global_step1000` are step 1000 of NAME, any other folder is
  /// a model by its own name; `name` and `step` say otherwise.
  public init(path: String, name: String? = nil, step: Int? = nil) {
    let bare = Self.withoutSlash(path)
    let own = FileSystem.name(of: bare)
    let found = Self.step(named: own)
    let parent = FileSystem.parent(of: bare).map { FileSystem.name(of: $0) } ?? ""
    let usable = found != nil && !["", ".", ".."].contains(parent) ? parent : own
    self.init(path: bare, name: name ?? usable, step: step ?? found)
  }

  /// `NAME seed 1 step 1000`, for messages.
  public var label: String { name + (seed.map { " seed \($0)" } ?? "") + (step.map { " step \($0)" } ?? "") }

  /// The name of its results file: letters, digits, `.`, `-` and `_`.
  var fileName: String {
    let whole = name + (seed.map { "_seed\($0)" } ?? "") + (step.map { "_step\($0)" } ?? "")
    let plain = whole.map { character in
      character.isASCII && (character.isLetter || character.isNumber || ".-_".contains(character)) ? character : "-"
    }
    return "results_\(String(plain)).json"
  }

  /// The folders that a pattern of the shell leads to, by step and then by path. One that leads nowhere is an error.
  public static func matching(_ pattern: String, name: String? = nil) throws -> [ModelFolder] {
    var matches = glob_t()
    defer { globfree(&matches) }
    guard glob(pattern, 0, nil, &matches) == 0 else {
      throw EvaluationFailure(.request, pattern, "no such folder. Quote the pattern, and check the path.")
    }
    let paths = (0..<Int(matches.gl_pathc)).compactMap { matches.gl_pathv[$0].map { String(cString: $0) } }
    let folders = paths.filter(FileSystem.isDirectory).map { ModelFolder(path: $0, name: name) }
    guard !folders.isEmpty else { throw EvaluationFailure(.request, pattern, "it names files, not folders") }
    return sorted(folders)
  }

  /// The checkpoint of a step below `folder`, by the publisher's label or by the run's own step; nil if there is none.
  public static func find(step: Int, published: String, in folder: String, name: String) -> ModelFolder? {
    let folder = withoutSlash(folder)
    let path = [published, "step\(step)", "global_step\(step)"].map { folder + "/" + $0 }
      .first(where: FileSystem.isDirectory)
    return path.map { ModelFolder(path: $0, name: name, step: step, published: published) }
  }

  public static func sorted(_ folders: [ModelFolder]) -> [ModelFolder] {
    folders.sorted { ($0.name, $0.step ?? -1, $0.path) < ($1.name, $1.step ?? -1, $1.path) }
  }

  private static func step(named name: String) -> Int? {
    for prefix in ["global_step", "step"] where name.hasPrefix(prefix) {
      let digits = name.dropFirst(prefix.count)
      if digits.allSatisfy({ $0.isASCII && $0.isNumber }) { return Int(digits) }
    }
    return nil
  }

  private static func withoutSlash(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
