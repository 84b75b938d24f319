import Foundation

/// A folder that is gone when the object is.
public final class TemporaryFolder {
  public let path: String

  public init() {
    let url = FileManager.default.temporaryDirectory.appending(path: "tiresias-\(UUID().uuidString)")
    try! FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  public func file(_ name: String) -> String { path + "/" + name }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
