import Foundation
import TestSupport

/// Writes a file and the folders above it.
func write(_ text: String, _ path: String) throws {
  let url = URL(filePath: path)
  try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(text.utf8).write(to: url)
}

func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

/// A file of the shipped rules.
func rulesFile(_ name: String) throws -> String {
  try String(contentsOf: URL(filePath: Assets.root + "/rules/" + name), encoding: .utf8)
}
