import Foundation
import TestSupport
import Testing

/// Package.swift, docs/architecture.md and the sources' imports tell the same story.
@Suite struct ArchitectureTests {
  let declared: [Target]
  let documented: [Target]

  init() throws {
    declared = Self.targets(declaredIn: try Self.text("Package.swift"))
    documented = Self.targets(documentedIn: try Self.text("docs/architecture.md"))
  }

  @Test func `the document lists the rooms of the package with the same imports`() {
    let rooms = documented.filter { !$0.isShim && $0.name != "tiresias" }
    #expect(!declared.isEmpty)
    #expect(Set(rooms.map(\.name)) == Set(declared.map(\.name)))
    for room in rooms {
      #expect(room.imports == declared.first { $0.name == room.name }?.imports, "\(room.name)")
    }
  }

  @Test func `every target of the sources is in the document`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Assets.root + "/Sources")
    #expect(Set(folders) == Set(documented.map(\.name)))
  }

  @Test func `a room imports only what stands above it`() {
    let packages: Set = ["Yams", "ArgumentParser", "NIOCore", "NIOHTTP1", "NIOPosix"]
    var above = Set<String>()
    for target in documented {
      #expect(target.imports.subtracting(packages).isSubset(of: above), "\(target.name)")
      above.insert(target.name)
    }
  }

  @Test func `sources import no room that the package does not give them`() throws {
    let rooms = Set(documented.map(\.name))
    for target in documented {
      let used = try Self.imports(of: "Sources/" + target.name)
      let undeclared = used.intersection(rooms).subtracting(target.imports)
      #expect(undeclared.isEmpty, "\(target.name) imports \(undeclared.sorted())")
    }
  }

  struct Target {
    var name: String
    var imports: Set<String>
    /// C behind a Swift target: the package declares it otherwise than a room.
    var isShim = false
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: Assets.root + "/" + path, encoding: .utf8)
  }

  /// `room("NAME", [dependencies])`; a package's product is named by a constant that starts in lower case, as `nioCore` does.
  static func targets(declaredIn manifest: String) -> [Target] {
    manifest.matches(of: /room\(\s*"(\w+)",\s*\[([^\]]*)\]/).map { match in
      let dependencies = match.2.matches(of: /\w+/).map { match in
        let start = match.output.hasPrefix("nio") ? 3 : 1
        return match.output.prefix(start).uppercased() + match.output.dropFirst(start)
      }
      return Target(name: String(match.1), imports: Set(dependencies))
    }
  }

  /// `NAME ← IMPORT IMPORT    what it is`, or `NAME    what it is`, in the first code block.
  static func targets(documentedIn document: String) -> [Target] {
    let block = document.components(separatedBy: "```")[1]
    return block.split(separator: "\n").map { line in
      let columns = line.firstMatch(of: /^(\w+)(?: *← ((?:\w+ )+) )?/)
      let imports = columns?.2?.split(separator: " ").map(String.init) ?? []
      return Target(name: String(columns?.1 ?? line), imports: Set(imports), isShim: line.contains(" shim: "))
    }
  }

  static func imports(of folder: String) throws -> Set<String> {
    let files = FileManager.default.enumerator(atPath: Assets.root + "/" + folder)?.compactMap { $0 as? String } ?? []
    let sources = try files.filter { $0.hasSuffix(".swift") }.map { try text(folder + "/" + $0) }
    return Set(sources.flatMap { $0.matches(of: /(?m)^(?:\w+ )?import (?:\w+ )?(\w+)/).map { String($0.1) } })
  }
}
