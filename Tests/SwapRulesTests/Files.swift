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

/// All files of the shipped rules but packs of the top folder, by path.
func shippedFiles() throws -> [String: String] {
  let root = URL(filePath: Assets.root + "/rules")
  let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.contains("/") }
  return try Dictionary(
    uniqueKeysWithValues: paths.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".txt") || $0.hasSuffix(".tsv") }.map {
      ($0, try rulesFile($0))
    })
}

/// A shipped pack without its tests, and with other guards than those of base/guards.
func withoutTests(_ name: String, guards: String) throws -> String {
  let text = try rulesFile(name + ".yaml").replacing("base/guards@1, ", with: "")
  let end = text.firstRange(of: "\ntests:")?.lowerBound ?? text.endIndex
  return text[..<end] + "\n" + guards + "\n"
}
