import Glibc

/// Questions and commands to the file system, by path.
public enum FileSystem {
  /// Size of a regular file in bytes. Throws if there is none.
  public static func size(of path: String) throws -> Int {
    Int(try status(of: path).st_size)
  }

  /// Size and modification time (nanoseconds since 1970): what tells an unchanged file from a changed one.
  public static func stamp(of path: String) throws -> (size: Int, modified: Int) {
    let status = try status(of: path)
    return (Int(status.st_size), status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec)
  }

  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Bytes of disk that a file occupies: less than its size where it is sparse.
  public static func allocatedSize(of path: String) throws -> Int {
    Int(try status(of: path).st_blocks) * 512
  }

  /// Names in a directory without `.` and `..`, sorted by byte value, so that the order is the same everywhere.
  public static func names(in directory: String) throws -> [String] {
    guard let stream = opendir(directory) else { throw IOFailure.system("list", directory) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw IOFailure.system("list", directory) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a directory and those above it that are missing.
  public static func makeDirectory(_ path: String) throws {
    if path.isEmpty || isDirectory(path) { return }
    if let parent = parent(of: path), parent != path { try makeDirectory(parent) }
    if mkdir(path, 0o777) != 0 && !(errno == EEXIST && isDirectory(path)) {
      throw IOFailure.system("make directory", path)
    }
  }

  /// Makes the directory of a file that is about to be written.
  public static func makeParent(of path: String) throws {
    if let parent = parent(of: path) { try makeDirectory(parent) }
  }

  /// Removes a file; one that is not there is no error.
  public static func remove(_ path: String) throws {
    if unlink(path) != 0 && errno != ENOENT { throw IOFailure.system("remove", path) }
  }

  /// Gives a finished file its final name in one step, and makes the new name durable.
  public static func rename(_ from: String, to path: String) throws {
    if Glibc.rename(from, path) != 0 { throw IOFailure.system("rename \(from) to", path) }
    try synchronizeDirectory(parent(of: path) ?? ".")
  }

  /// Bytes free for this user on the file system that holds `path` (or its nearest folder that exists).
  public static func freeSpace(at path: String) throws -> Int {
    var place = path
    while !exists(place) { place = parent(of: place) ?? "." }
    var information = statvfs()
    guard statvfs(place, &information) == 0 else { throw IOFailure.system("ask for free space at", place) }
    return Int(information.f_bavail) * Int(information.f_frsize)
  }

  /// The folder part of a path; nil for a bare name.
  public static func parent(of path: String) -> String? {
    var bytes = Array(path.utf8)
    while bytes.count > 1 && bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
  }

  /// A whole file in memory, for files that are small by nature; `limit` refuses the others.
  /// What is no regular file has no size, and is refused by ``InputFile``.
  public static func contents(of path: String, limit: Int = 1 << 30) throws -> [UInt8] {
    let size = try size(of: path)
    guard size <= limit else {
      throw IOFailure("read", path, reason: "it has \(size) bytes, more than the \(limit) expected here")
    }
    let file = try InputFile(path)
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = try bytes.withUnsafeMutableBytes { buffer in
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      }
      if count == 0 { throw IOFailure("read", path, reason: "it became shorter while it was read", offset: filled) }
      filled += count
    }
    return bytes
  }

  static func synchronizeDirectory(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw IOFailure.system("open directory", path) }
    defer { close(descriptor) }
    // Some network file systems cannot synchronize a directory, and say EINVAL.
    if fsync(descriptor) != 0 && errno != EINVAL { throw IOFailure.system("synchronize directory", path) }
  }

  fileprivate static func status(of path: String) throws -> stat {
    var status = stat()
    guard stat(path, &status) == 0 else { throw IOFailure.system("open", path) }
    return status
  }
}

extension FileSystem {
  /// Removes a folder that is empty; one that is not, or is not there, is no error.
  public static func removeEmptyDirectory(_ path: String) throws {
    if rmdir(path) != 0 && errno != ENOENT && errno != ENOTEMPTY { throw IOFailure.system("remove", path) }
  }
}

extension FileSystem {
  /// True if two paths lead to one file, by hard or symbolic link.
  public static func isSameFile(_ first: String, _ second: String) throws -> Bool {
    var (one, other) = (stat(), stat())
    guard stat(first, &one) == 0 else { throw IOFailure.system("open", first) }
    guard stat(second, &other) == 0 else { throw IOFailure.system("open", second) }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino
  }
}

/// Which file a path leads to, whatever it is called.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  fileprivate init(_ status: stat) { (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino)) }
}

extension FileSystem {
  /// For those who go through folders: one that links lead to again was seen. Throws if there is none.
  public static func identity(of path: String) throws -> FileIdentity { FileIdentity(try status(of: path)) }

  /// True if links lead from a path that should lie in a folder to a place out of it; false where there is no such file.
  public static func leadsOutside(_ path: String, of folder: String) -> Bool {
    guard let real = realPath(path), let place = realPath(folder.isEmpty ? "." : folder) else { return false }
    return real != place && !real.hasPrefix(place == "/" ? place : place + "/")
  }

  private static func realPath(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}

extension FileSystem {
  /// Where a file that a user names is written: at the end of its symbolic links, which stay, whether it is there or not.
  /// Throws for what is no file.
  public static func destination(of path: String) throws -> String {
    try requireReplaceable(path)
    var place = path
    // As many as the kernel follows.
    for _ in 0...40 {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(place, &target, target.count)
      guard count > 0 else { return place }
      let link = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      place = link.hasPrefix("/") ? link : (parent(of: place).map { $0 + "/" } ?? "") + link
    }
    throw IOFailure("write", path, reason: String(cString: strerror(ELOOP)), code: ELOOP)
  }

  /// Throws where a name leads to something that is there and is no regular file.
  static func requireReplaceable(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw IOFailure("write", path, reason: "it is a folder. Name a file in it.")
    default:
      throw IOFailure("write", path, reason: "it is a device, a pipe or a socket, not a file. Name a file.")
    }
  }
}
