import ByteIO

extension RulePack {
  /// The packs that paths stand for: a file itself, a folder all `.yaml` files in it and below, sorted by name.
  public static func files(at paths: [String]) throws -> [String] {
    try paths.flatMap { path -> [String] in
      guard FileSystem.isDirectory(path) else { return [path] }
      var seen: Set<FileIdentity> = []
      return try files(in: path, depth: 0, &seen)
    }
  }

  private static let maximumDepth = 16

  /// A folder that links lead to again is passed over.
  private static func files(in folder: String, depth: Int, _ seen: inout Set<FileIdentity>) throws -> [String] {
    guard depth < maximumDepth, seen.insert(try FileSystem.identity(of: folder)).inserted else { return [] }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return try FileSystem.names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name in
      if FileSystem.isDirectory(prefix + name) { return try files(in: prefix + name, depth: depth + 1, &seen) }
      return name.hasSuffix(".yaml") ? [prefix + name] : []
    }
  }
}
