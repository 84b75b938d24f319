import Testing

@testable import Corpus

@Suite struct LineParserTests {
  @Test(
    arguments: [
      (#"{"text": "a"}"#, "a", nil),
      (#"  { "meta" : {"pile_set_name":"Pile-CC"} , "text":"b" }  "#, "b", "Pile-CC"),
      (#"{"text":"","meta":{"pile_set_name":""}}"#, "", ""),
      (#""a bare string""#, "a bare string", nil),
      (#"{"text":["a","b","c"],"meta":{}}"#, "a\n\nb\n\nc", nil),
      (#"{"text":[]}"#, "", nil),
      (#"{"text":["",""]}"#, "\n\n", nil),
      (#"{"text":"a","meta":null}"#, "a", nil),
      (#"{"text":"a","meta":"Pile-CC"}"#, "a", nil),
      (#"{"text":"a","meta":{"pile_set_name":7}}"#, "a", nil),
      (#"{"text":"a","meta":{"x":{"pile_set_name":"no"}},"pile_set_name":"no"}"#, "a", nil),
      (#"{"text":"first","text":"last"}"#, "last", nil),
      (#"{"text":7,"text":"last"}"#, "last", nil),
      (#"{"text":"a","meta":{"pile_set_name":"x","pile_set_name":"y"}}"#, "a", "y"),
      (#"{"text":"a","meta":{"pile_set_name":"x"},"meta":{}}"#, "a", nil),
      (#"{"\u0074ext":"escaped key","m\u0065ta":{"pile\u005fset_name":"s"}}"#, "escaped key", "s"),
      (#"{"text":"\"\\\/\b\f\n\r\t\u0000\u00e9\u20AC\ud83D\uDE00"}"#, "\"\\/\u{8}\u{C}\n\r\t\0é€😀", nil),
      ("{\"text\":\"a\"}\r", "a", nil),
      ("{\"text\":\"\u{2028}\u{7F}\u{10FFFF}\"}", "\u{2028}\u{7F}\u{10FFFF}", nil),
      (#"{"text":"a","x":[1,-0,1.5e-7,true,false,null,[[]],{},{"y":[]}]}"#, "a", nil),
      (#"{"text":"a","x":[NaN,Infinity,-Infinity]}"#, "a", nil),
      (#"{"text":"a","x":123456789012345678901234567890123456789012345678901234567890}"#, "a", nil),
      (#"{"text":"a","x":1e999}"#, "a", nil),
      (#"{"text":"a","x":"\udead"}"#, "a", nil),
    ] as [(String, String, String?)])
  func takesWhatPythonTakes(line: String, text: String, subset: String?) throws {
    let bytes = Array(line.utf8)
    let expected = Copied(text: Array(text.utf8), subset: subset.map { Array($0.utf8) }, line: 1, offset: 0)
    #expect(try parse(bytes).get() == expected)
    #expect(try carefully(bytes).get() == expected)
  }

  @Test(arguments: [
    (#"\ud800"#, "\u{FFFD}", 1), (#"\udc00"#, "\u{FFFD}", 1), (#"\ud83dx"#, "\u{FFFD}x", 1),
    (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀", 1), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}", 2),
    (#"\ud83d\n\ude00"#, "\u{FFFD}\n\u{FFFD}", 2), (#"\ud83d\u0041"#, "\u{FFFD}A", 1), (#"a\udfff"#, "a\u{FFFD}", 1),
  ])
  func aLoneSurrogateIsReplacedAndCounted(escaped: String, text: String, count: Int) throws {
    for line in ["\"\(escaped)\"", "{\"text\":\"\(escaped)\"}", "{\"text\":[\"\(escaped)\"]}"] {
      let read = try parse(Array(line.utf8)).get()
      #expect(String(decoding: read.text, as: UTF8.self) == text)
      #expect(read.loneSurrogates == count)
    }
  }

  /// simdjson must never hand a surrogate through, alone or in a wrong pair.
  @Test func everyEscapeOfOneUnitAndItsNeighboursIsReadAlikeBothWays() throws {
    for unit in stride(from: 0, through: 0xFFFF, by: 1) where unit < 0x80 || unit >= 0xD700 && unit < 0xE100 {
      let escape = "\\u" + String(unit + 0x10000, radix: 16).suffix(4)
      for line in ["\"\(escape)\"", "\"\(escape)\\udc00\"", "\"\\ud800\(escape)\"", "\"\(escape)\\u0041\""] {
        let bytes = Array(line.utf8)
        #expect(try parse(bytes).get() == carefully(bytes).get(), "\(line)")
      }
    }
  }

  @Test(arguments: [
    ("", 0, "the line is blank"),
    ("  ", 2, "the line is blank"),
    (#"{"text":"a"#, 10, "the line ends inside a string"),
    (#"{"text":"a""#, 11, "the line ends where a comma or a closing brace should stand"),
    (#"{"text":"a"} x"#, 13, "'x' stands where the end of the line should"),
    (#"{"text":"a"}{"text":"b"}"#, 12, "'{' stands where the end of the line should"),
    (#"{"text":"a",}"#, 12, "'}' stands where a key in quotes should"),
    (#"{text:"a"}"#, 1, "'t' stands where a key in quotes should"),
    (#"{"text" "a"}"#, 8, "'\"' stands where a colon should"),
    (#"{"text":'a'}"#, 8, "''' stands where a value should"),
    (#"{"text":"\x41"}"#, 9, "JSON has no such escape"),
    (#"{"text":"\u12G4"}"#, 11, "four hexadecimal digits should follow \\u"),
    ("{\"text\":\"a\tb\"}", 10, "a control character stands in a string; JSON wants it escaped"),
    ("{\"text\":\"a\0b\"}", 10, "a control character stands in a string; JSON wants it escaped"),
    (#"{"text":"a","x":01}"#, 17, "'1' stands where a comma or a closing brace should"),
    (#"{"text":"a","x":1.}"#, 17, "'.' stands where a comma or a closing brace should"),
    (#"{"text":"a","x":[1,]}"#, 19, "']' stands where a value should"),
    (#"{"text":"a","x":[1 2]}"#, 19, "'2' stands where a comma or a closing bracket should"),
    (#"{"text":"a","x":tru}"#, 16, "'t' stands where a value should"),
    ("\u{FEFF}{\"text\":\"a\"}", 0, "the line starts with a byte order mark, which JSON does not allow"),
  ])
  func saysWhereAndWhyALineIsNoJSON(line: String, offset: Int, reason: String) {
    let fault = LineFault(kind: .invalidJSON, offset: offset, reason: reason)
    #expect(parse(Array(line.utf8)) == .failure(fault))
  }

  @Test(arguments: [
    (#"{}"#, 0, "the object has no key \"text\""),
    (#"{"meta":{"pile_set_name":"x"}}"#, 0, "the object has no key \"text\""),
    (#"[1]"#, 0, "the line is neither an object nor a string"),
    (#" 7"#, 1, "the line is neither an object nor a string"),
    (#"{"text":null}"#, 8, "\"text\" is neither a string nor a list of strings"),
    (#"{"text":"a","text":{"text":"b"}}"#, 19, "\"text\" is neither a string nor a list of strings"),
    (#"{"text":["a",1,"b"]}"#, 13, "the list \"text\" holds something other than strings"),
    (#"{"text":[["a"]]}"#, 9, "the list \"text\" holds something other than strings"),
  ])
  func saysWhyALineHasNoText(line: String, offset: Int, reason: String) {
    #expect(parse(Array(line.utf8)) == .failure(LineFault(kind: .noText, offset: offset, reason: reason)))
  }

  @Test(
    arguments: [
      ([0xFF], 0), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xE2, 0x82], 0),
      ([0x61, 0xC3, 0xA9, 0x80], 3), ([0xF0, 0x9F, 0x98], 0),
    ] as [([UInt8], Int)])
  func saysWhereUTF8Breaks(bytes: [UInt8], offset: Int) {
    let line = Array("{\"text\":\"".utf8) + bytes + Array("\"}".utf8)
    guard case .failure(let fault) = parse(line) else {
      Issue.record("taken: \(bytes)")
      return
    }
    #expect(fault.kind == .invalidUTF8)
    #expect(fault.offset == 9 + offset)
  }

  @Test func nestingIsReadToALimitAndNeverCrashes() throws {
    for depth in [10, 1000, 1023] {
      let line = "{\"text\":\"a\",\"x\":" + nested(depth) + "}"
      #expect(try parse(Array(line.utf8)).get().text == [0x61])
    }
    for depth in [1025, 100_000] {
      guard case .failure(let fault) = parse(Array(("{\"text\":\"a\",\"x\":" + nested(depth) + "}").utf8)) else {
        Issue.record("taken at depth \(depth)")
        continue
      }
      #expect(fault.reason == "it is nested more than 1024 deep")
    }
  }

  /// A parser that met a giant keeps reading small lines, and the other way round.
  @Test func linesOfVeryDifferentSizesFollowEachOther() throws {
    let parser = try LineParser()
    for size in [1, 3_000_000, 2, 40_000_000, 3, 0] {
      let text = [UInt8](repeating: UInt8(ascii: "x"), count: size)
      let batch = try LineReader(ByteList([0x22] + text + [0x22])).next()!
      #expect(try Array(parser.parse(batch, 0).text) == text)
    }
  }

  private func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
}

/// The careful way alone.
func carefully(_ line: [UInt8]) -> Result<Copied, LineFault> {
  let reader = CarefulLine()
  return line.withUnsafeBufferPointer { line in
    do throws(LineFault) {
      let read = try reader.parse(line)
      return withExtendedLifetime(reader) { .success(copy(read)) }
    } catch {
      return .failure(error)
    }
  }
}
