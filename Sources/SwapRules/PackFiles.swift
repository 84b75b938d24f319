import ByteIO

extension RulePack {
  /// The packs that paths stand for: a file itself, a folder all `.yaml` files in it and below, sorted by name.
  public static func files(at paths: [String]) throws -> [String] {
    try paths.flatMap { path in FileSystem.isDirectory(path) ? try files(in: path, depth: 0) : [path] }
  }

  private static let maximumDepth = 16

  private static func files(in folder: String, depth: Int) throws -> [String] {
    guard depth < maximumDepth else { return [] }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return try FileSystem.names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name in
      if FileSystem.isDirectory(prefix + name) { return try files(in: prefix + name, depth: depth + 1) }
      return name.hasSuffix(".yaml") ? [prefix + name] : []
    }
  }
}
