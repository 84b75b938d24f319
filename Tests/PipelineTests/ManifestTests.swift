import ByteIO
import Foundation
import Pipeline
import StructuredText
import TestSupport
import Testing

@Suite struct ManifestTests {
  private func schema() throws -> SchemaCheck {
    let bytes = try Data(contentsOf: URL(filePath: Assets.root + "/docs/manifest.schema.json"))
    return SchemaCheck(root: try JSONValue.parse(Array(bytes), name: "manifest.schema.json"))
  }

  /// Every place of a value: keys and indices from the root.
  private func places(_ value: JSONValue) -> [[String]] {
    switch value {
    case .object(let members):
      members.flatMap { member in [[member.key]] + places(member.value).map { [member.key] + $0 } }
    case .array(let elements):
      elements.enumerated().flatMap { index, item in [["\(index)"]] + places(item).map { ["\(index)"] + $0 } }
    default: []
    }
  }

  /// The value with the one at `place` replaced, or left out.
  private func changed(_ value: JSONValue, at place: ArraySlice<String>, to new: JSONValue?) -> JSONValue {
    guard let step = place.first else { return new ?? value }
    let rest = place.dropFirst()
    switch value {
    case .object(let members):
      return .object(
        members.compactMap { member in
          guard member.key == step else { return member }
          let value = rest.isEmpty ? new : changed(member.value, at: rest, to: new)
          return value.map { JSONMember(member.key, $0) }
        })
    case .array(let elements):
      return .array(elements.enumerated().map { "\($0)" == step ? changed($1, at: rest, to: new) : $1 })
    default: return value
    }
  }

  private func fault(_ value: JSONValue) throws -> JSONFailure? {
    let bytes = try value.serialized()
    do {
      _ = try Manifest.parse(bytes, name: "manifest.json")
      return nil
    } catch { return error }
  }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    let bytes = try Manifest.example.serialized()
    #expect(try Manifest.parse(bytes, name: "manifest.json") == .example)
    #expect(bytes == (try Manifest.example.serialized()))
    var least = Manifest.example
    least.pronouns = nil
    least.randomEdits = nil
    least.retokenized = nil
    least.trainer.controlPrefix = nil
    least.evaluator.control = nil
    least.run.preset = nil
    least.run.split = nil
    (least.rules, least.selection, least.warnings, least.outputs) = ([], [], [], [])
    #expect(try Manifest.parse(try least.serialized(), name: "manifest.json") == least)
    #expect(try schema().faults(least.json) == [])
  }

  @Test func theSchemaAllowsIt() throws { #expect(try schema().faults(Manifest.example.json) == []) }

  @Test func theSchemaDescribesNothingElse() throws {
    let schema = try schema()
    func named(_ schema: JSONValue) -> Set<String> {
      switch schema {
      case .object(let members):
        members.reduce(into: []) { names, member in
          if member.key == "properties", case .object(let properties) = member.value {
            names.formUnion(properties.map(\.key))
          }
          names.formUnion(named(member.value))
        }
      case .array(let elements): elements.reduce(into: []) { $0.formUnion(named($1)) }
      default: []
      }
    }
    let written = Set(places(Manifest.example.json).flatMap { $0 })
    #expect(named(schema.root).subtracting(written) == [])
  }

  /// The reader and the schema agree on what is missing, unknown, or of another type.
  @Test func aKeyMissingUnknownOrOfAnotherTypeIsRefusedWithItsPlace() throws {
    let schema = try schema()
    let whole = Manifest.example.json
    for place in places(whole) {
      let without = changed(whole, at: place[...], to: nil)
      #expect((try fault(without) == nil) == schema.faults(without).isEmpty, "without \(place)")
      for new in [JSONValue.null, .bool(true), .double(1.5), .string(""), .array([]), .object([]), .integer(Int64(-1))]
      {
        let other = changed(whole, at: place[...], to: new)
        guard let failure = try fault(other) else {
          #expect(schema.faults(other) == [], "\(place) is \(new)")
          continue
        }
        #expect(failure.name == "manifest.json" && failure.reason.isEmpty == false)
      }
    }
    let more = changed(whole, at: ["run", "seed"][...], to: 5)
    guard case .object(let members) = more else { return }
    let unknown = JSONValue.object(members + [JSONMember("colour", 1)])
    #expect(
      try fault(unknown)?.description.hasPrefix("manifest.json: colour: unknown key; expected one of base,") == true)
  }

  @Test func theMessageNamesFileAndKey() throws {
    let wrong = changed(Manifest.example.json, at: ["counts", "by_rule", "1", "edits"][...], to: "many")
    #expect(
      try fault(wrong)?.description == "manifest.json: counts.by_rule[1].edits: expected an integer, found a string")
    let later = changed(Manifest.example.json, at: ["manifest"][...], to: 2)
    #expect(
      try fault(later)?.description
        == "manifest.json: manifest: this is not version 1 of the format; use the tiresias that wrote it")
  }

  @Test(arguments: [
    "", "/etc/passwd", "..", "../x", "a/../../x", "a/..", "./a", "a//b", "a/", "a\u{0}b", "a\nb", "a\\..\\b",
  ])
  func pathsCannotLeaveTheFolder(_ path: String) throws {
    let places = [
      ["outputs", "0", "path"], ["rules", "0", "files", "0", "path"], ["base", "datasets", "0", "files", "0", "path"],
      ["trainer", "data_prefix"], ["trainer", "control_prefix"], ["trainer", "index_map_prefix"],
    ]
    for place in places {
      let failure = try fault(changed(Manifest.example.json, at: place[...], to: .string(path)))
      #expect(failure?.reason.hasSuffix("is not a path that stays inside the folder") == true, "\(place)")
    }
  }

  @Test func ordinaryPathsAreAllowed() throws {
    for path in ["a", "..a", "a..", "...", "a b/é.bin", ".hidden/x"] {
      #expect(try fault(changed(Manifest.example.json, at: ["outputs", "0", "path"][...], to: .string(path))) == nil)
    }
  }

  @Test func numbersThatDoNotFitTogetherAreRefused() throws {
    let cases: [([String], JSONValue, String)] = [
      (["window", "end_step"], 66_500, "window.end_step"), (["window", "end_step"], 71_501, "window.end_step"),
      (["window", "first_sample"], 1, "window.first_sample"), (["window", "samples"], 5, "window.samples"),
      (["run", "batch_size"], .integer(Int64.max), "window.first_sample"),
      (["trainer", "batch_size"], 1024, "trainer"), (["trainer", "resume", "iteration"], 66_000, "trainer"),
      (["outputs", "1", "path"], "window_document.bin", "outputs[1].path"),
      (["outputs", "0", "parts", "0", "first_sample"], 0, "outputs[0].parts[0]"),
      (["outputs", "0", "parts", "0", "samples"], .integer(Int64.max), "outputs[0].parts[0]"),
    ]
    for (place, value, path) in cases {
      #expect(try fault(changed(Manifest.example.json, at: place[...], to: value))?.path == path, "\(place)")
    }
  }

  @Test func samplesThatFitIntoNoFileAndPartsThatOverlapAreRefused() throws {
    var long = Manifest.example
    (long.run.sequenceLength, long.trainer.sequenceLength) = (Int.max, Int.max)
    #expect(try fault(long.json)?.path == "window.samples")
    (long.run.sequenceLength, long.trainer.sequenceLength) = (1 << 40, 1 << 40)
    #expect(try fault(long.json)?.path == "window.samples")
    var twice = Manifest.example
    twice.outputs[0].parts += twice.outputs[0].parts
    #expect(try fault(twice.json)?.path == "outputs[0].parts[1]")
  }

  @Test func aFileThatIsALinkOutOfTheFolderIsRefused() throws {
    let folder = TemporaryFolder()
    try FileSystem.makeDirectory(folder.file("run/edits"))
    try AtomicFile.replace(folder.file("run/manifest.json"), with: Manifest.example.serialized())
    try AtomicFile.replace(folder.file("secret"), with: [1])
    #expect(try Manifest.load(folder.file("run/manifest.json")) == .example)
    for name in ["window_document.bin", "control_document.idx", "edits/00000.jsonl.zst"] {
      #expect(symlink(folder.file("secret"), folder.file("run/" + name)) == 0)
      let failure = #expect(throws: PipelineFailure.self) { try Manifest.load(folder.file("run/manifest.json")) }
      #expect(failure?.description.contains("\(name) is a link that leads out of its folder") == true)
      try FileSystem.remove(folder.file("run/" + name))
    }
  }

  @Test func fractionsAreDecimalTextFromZeroToOne() throws {
    func isAllowed(_ text: String) throws -> Bool {
      try fault(changed(Manifest.example.json, at: ["selection", "0", "fraction"][...], to: .string(text))) == nil
    }
    for text in ["0", "0.0", "0.25", "1", "1.0", "1.000", "0.1000000000000000055511151231257827"] {
      #expect(try isAllowed(text))
    }
    for text in ["", ".5", "1.5", "1.01", "2", "-0.1", "0.", "1.", "00.5", "5e-1", "0,5", " 0.5", "0.5 ", "١"] {
      #expect(try !isAllowed(text), "\(text)")
    }
  }

  @Test func keysThatStandTwiceAreRefused() throws {
    let text = String(decoding: try Manifest.example.serialized(), as: UTF8.self)
    let twice = text.replacing("\"length\": \"aligned\",", with: "\"length\": \"pad\",\n  \"length\": \"aligned\",")
    #expect(throws: JSONFailure.self) { try Manifest.parse(Array(twice.utf8), name: "manifest.json") }
  }

  @Test func damagedFilesAreReadOrRefusedAndNeverTrap() throws {
    let whole = try Manifest.example.serialized()
    var state: UInt64 = 1
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = ["9223372036854775807", "-1", "1e400", "null", "{}", "[", "\"", ",", "0.0", "18446744073709551615"]
    for _ in 0..<500 {
      var bytes = whole
      let place = draw(bytes.count)
      bytes.replaceSubrange(place..<min(bytes.count, place + draw(6)), with: pieces[draw(pieces.count)].utf8)
      if let read = try? Manifest.parse(bytes, name: "damaged") {
        #expect(try Manifest.parse(read.serialized(), name: "again") == read)
      }
    }
  }
}
