import ByteIO
import FuzzTargets
import TestSupport
import Testing

/// What fuzzers found, and what they begin with, through the same readers without a fuzzer: an input that ends the process
/// ends this test, too. `make fuzz` adds to `Fuzzing/regressions`.
@Suite struct RegressionTests {
  @Test(arguments: FuzzTarget.all.map(\.name))
  func inputsThatFuzzersFoundDoNoHarm(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let folder = TemporaryFolder()
    let read = try target.open(folder.path)
    for (place, input) in try Self.inputs(target) {
      do {
        try input.withUnsafeBytes { try read($0) }
      } catch let disagreement as Disagreement {
        Issue.record("\(place): \(disagreement)")
      } catch {
        #expect(!"\(error)".isEmpty, "\(place)")
      }
    }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func aSeedIsReadWithoutAnErrorWhereAnyIs(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let folder = TemporaryFolder()
    let read = try target.open(folder.path)
    let isRead = try Self.inputs(target).contains { (try? $0.input.withUnsafeBytes { try read($0) }) != nil }
    #expect(isRead, "a fuzzer that begins with errors only does not get far")
  }

  @Test func everyFolderOfInputsIsOfATarget() throws {
    let names = Set(FuzzTarget.all.map(\.name))
    #expect(names.count == FuzzTarget.all.count)
    for folder in ["corpus", "regressions"] {
      for name in try FileSystem.names(in: Assets.root + "/Fuzzing/" + folder) {
        #expect(names.contains(name), "\(name)")
      }
    }
  }

  private static func inputs(_ target: FuzzTarget) throws -> [(place: String, input: [UInt8])] {
    let seeds = target.seeds.enumerated().map { ("seed \($0.offset)", $0.element) }
    return try seeds
      + ["corpus", "regressions"].flatMap { kind in
        let folder = Assets.root + "/Fuzzing/\(kind)/\(target.name)"
        guard FileSystem.exists(folder) else { return [(String, [UInt8])]() }
        return try FileSystem.names(in: folder).map {
          ("\(kind)/\($0)", try FileSystem.contents(of: folder + "/" + $0))
        }
      }
  }
}
