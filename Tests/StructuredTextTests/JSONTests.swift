import StructuredText
import Testing

private func parse(_ text: String) throws -> JSONValue { try JSONValue.parse(Array(text.utf8), name: "a.json") }
private func failure(_ text: String) -> JSONFailure? {
  do {
    _ = try parse(text)
    return nil
  } catch {
    return error as? JSONFailure
  }
}
private func line(_ value: JSONValue) throws -> String { String(decoding: try value.serialized(), as: UTF8.self) }

@Suite struct JSONParserTests {
  @Test func `a text cut within any word is an error, and no trap`() {
    for text in ["{\"a\": null, \"b\": [true, false, null, -1.5e3, \"x\"]}", "null", "[nul", "[nule]", "{\"a\":n"] {
      for length in 0..<text.utf8.count where text.utf8.count > length {
        #expect(throws: JSONFailure.self) { try JSONValue.parse(Array(text.utf8.prefix(length)), name: "cut") }
      }
    }
  }

  @Test(arguments: ["[nulx]", "{\"a\": nope}", "nul", "[1, n]"])
  func `what begins like null and is none is a failure, not the end of the process`(_ text: String) {
    let failure = #expect(throws: JSONFailure.self) { try JSONValue.parse(Array(text.utf8), name: "x") }
    #expect(failure?.code == .syntax)
  }

  @Test func readsEveryKindOfValueInOrder() throws {
    let value = try parse(
      #" {"z": null, "a": [true, false], "i": -9223372036854775808, "u": 18446744073709551615, "d": 1e2, "s": "é\n\u0000\ud83d\ude00"} "#
    )
    #expect(
      value == [
        "z": nil, "a": [true, false], "i": .integer(Int64.min), "u": .unsigned(UInt64.max), "d": 100.0,
        "s": "é\n\0😀",
      ])
  }

  @Test func readsScalarsAsDocuments() throws {
    #expect(try parse("7") == 7)
    #expect(try parse(#""x""#) == "x")
  }

  @Test(arguments: ["", "{", "[1,]", #"{"a" 1}"#, "01", "[1] 2", "\"\\ud800\"", "\"\u{1}\"", "nul", "1e400"])
  func refusesWhatIsNoJSON(_ text: String) {
    #expect(failure(text)?.code == .syntax)
  }

  @Test func refusesInvalidUTF8() {
    #expect(throws: JSONFailure.self) { try JSONValue.parse([0x22, 0xFF, 0x22], name: "a") }
  }

  @Test func namesFileLineAndByteOfAFault() {
    let found = failure("{\n \"a\": 1,\n \"b\": tru\n}")
    #expect(found?.line == 3)
    #expect(found?.description.hasPrefix("a.json:3 (byte ") == true)
  }

  @Test func refusesDuplicateKeysWithTheirPath() {
    #expect(
      failure(#"{"a": [0, {"k": 1, "j": 2, "k": 3}]}"#)?.description
        == "a.json: a[1]: key 'k' stands twice in one object; keep one")
  }

  @Test(arguments: [2, 8, 9, 100]) func aKeyThatStandsTwiceIsFoundAmongAnyNumber(count: Int) throws {
    // Equal to String, but not the same bytes.
    let keys = (0..<count - 2).map { "k\($0)" } + ["\u{E9}", "e\u{301}"]
    let object = { (keys: [String]) in "{" + keys.map { "\"\($0)\": 1" }.joined(separator: ",") + "}" }
    #expect(throws: Never.self) { try JSONValue.parse(Array(object(keys).utf8), name: "a") }
    for key in [keys[0], keys[count - 1]] {
      #expect(throws: JSONFailure.self) { try JSONValue.parse(Array(object(keys + [key]).utf8), name: "a") }
    }
  }

  @Test func keepsKeysApartThatUnicodeCallsEquivalent() throws {
    let value = try parse("{\"\u{E9}\": 1, \"e\u{301}\": 2}")
    #expect(value["e\u{301}"] == 2)
    #expect(value["\u{E9}"] == 1)
  }

  @Test func refusesDeepNesting() throws {
    #expect(failure(String(repeating: "[", count: 65) + String(repeating: "]", count: 65))?.code == .syntax)
    #expect(failure(String(repeating: "[", count: 100_000))?.code == .syntax)
    #expect(failure(String(repeating: "[", count: 60) + String(repeating: "]", count: 60)) == nil)
  }

  @Test func readsLargeContainersInLinearTime() throws {
    let text = "[" + (0..<200_000).map(String.init).joined(separator: ",") + "]"
    guard case .array(let elements) = try parse(text) else { throw failure("x") ?? CancellationError() }
    #expect(elements.count == 200_000 && elements.last == 199_999)
  }
}

@Suite struct JSONWriterTests {
  @Test func writesOneLine() throws {
    #expect(
      try line(["b": [1, 2.5, "x\"\\\n\u{1}\u{7F}é"], "a": [:], "c": []]) == #"{"b":[1,2.5,"x\"\\\n\u0001"#
        + "\u{7F}é\"],\"a\":{},\"c\":[]}")
  }

  @Test func writesPretty() throws {
    let value: JSONValue = ["a": [1, ["b": nil]], "e": []]
    let text = String(decoding: try value.serialized(.pretty), as: UTF8.self)
    #expect(text == "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"e\": []\n}\n")
  }

  @Test func refusesNumbersThatAreNotFinite() {
    #expect(throws: JSONFailure.self) { try JSONValue.double(.nan).serialized() }
    #expect(throws: JSONFailure.self) { try JSONValue.array([.double(-.infinity)]).serialized() }
  }

  @Test(arguments: [0.1, .leastNonzeroMagnitude, 1.7976931348623157e308, -0.0, 1e16, 123456789.125, 1e-5, 1 / 3.0])
  func doublesReadBackTheSame(_ number: Double) throws {
    guard case .double(let back) = try parse(line(.double(number))) else { throw CancellationError() }
    #expect(back.bitPattern == number.bitPattern)
  }

  @Test func randomValuesReadBackTheSame() throws {
    var generator = SplitMix(seed: 7)
    for _ in 0..<300 {
      let value = randomValue(&generator, depth: 4)
      #expect(try JSONValue.parse(value.serialized(), name: "r") == value)
      #expect(try JSONValue.parse(value.serialized(.pretty), name: "r") == value)
    }
  }

  private func randomValue(_ generator: inout SplitMix, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 7), using: &generator) {
    case 0: [.null, true, false].randomElement(using: &generator)!
    case 1: .integer(UInt64.random(in: .min ... .max, using: &generator))
    case 2: .integer(Int64.random(in: .min ... .max, using: &generator))
    case 3: .double(Double(bitPattern: .random(in: 1..<0x7FE0_0000_0000_0000, using: &generator)))
    case 4: .string(randomText(&generator))
    case 5: .array((0..<3).map { _ in randomValue(&generator, depth: depth - 1) })
    default:
      .object((0..<3).map { JSONMember("\($0)" + randomText(&generator), randomValue(&generator, depth: depth - 1)) })
    }
  }

  private func randomText(_ generator: inout SplitMix) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<6, using: &generator) {
      let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x11_0000
      if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) { text.append(scalar) }
    }
    return String(text)
  }
}

@Suite struct JSONNodeTests {
  private func node(_ text: String) throws -> JSONNode { try JSONNode.parse(Array(text.utf8), name: "m.json") }

  @Test func readsByPath() throws {
    let document = try node(#"{"model": {"merges": [1, "x"], "f": 2, "u": 18446744073709551615}}"#)
    let model = try document.member("model")
    #expect(try model.member("merges").elements()[1].string() == "x")
    #expect(try model.member("f").double() == 2)
    #expect(try model.member("u").uint64() == UInt64.max)
    #expect(try model.optionalMember("none")?.value == nil)
  }

  @Test func saysWhatWasExpectedAndWhere() throws {
    let document = try node(#"{"model": {"merges": [1, "x"]}}"#)
    let merges = try document.member("model").member("merges")
    #expect(
      message { try merges.elements()[1].int() } == "m.json: model.merges[1]: expected an integer, found a string")
    #expect(message { try merges.elements()[0].int(in: 2...3) } == "m.json: model.merges[0]: 1 is outside 2...3")
    #expect(message { try document.member("x") } == "m.json: key 'x' is missing")
    #expect(
      message { try document.requireKeys(["modle"]) } == "m.json: model: unknown key; expected one of modle")
  }

  private func message(_ body: () throws -> some Any) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return String(describing: error)
    }
  }
}

/// SplitMix64: the same numbers on every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
