import StructuredText

/// The same numbers from the same seed.
struct Draw: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, number: Int) { state = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(number) &* 0xD1B5_4A32_D192_ED03 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }
  mutating func oneIn(_ number: Int) -> Bool { below(number) == 0 }
}

/// Damage to files: bytes, and what JSON says.
struct Mutator {
  var draw: Draw

  private static let words = [
    "NaN", "Infinity", "-Infinity", "null", "true", "{}", "[]", "\"\"", "-1", "0", "1e308", "1e999", "-0", "0.5",
    "9223372036854775807", "9223372036854775808", "18446744073709551616", "\u{0}", "\n", "\r\n", "\t", "\"", "\\",
    "\\u0000",
    "\\ud800", ",", ":", "[", "]", "{", "}", "\u{FEFF}", "é", "[the chief]", "[he]", "] [", "1 ", "<script>", "../..",
    "/",
    "F16", "BF16", "F8_E5M2", "I64", "data_offsets", "shape", "step143000", "pretrained=", ",none", "_stderr",
  ].map { Array($0.utf8) }

  private static let values: [JSONValue] = [
    nil, true, -1, 0, 1, 2, 1e300, .double(-0.0), .unsigned(.max), .integer(Int64.max), .integer(Int64.min), "",
    "<script>", "F64",
    "../x", [], [1], [-1, 2], .object([JSONMember]()), 0.5, .integer(Int64(1) << 40),
    .string(String(repeating: "x", count: 5000)),
    "step99999999999999999999", "NaN", [.integer(Int64.max), .integer(Int64.max)],
  ]

  /// A few bytes changed, lost, doubled, moved in, or cut off.
  mutating func bytes(_ source: [UInt8], within limit: Int = .max) -> [UInt8] {
    var bytes = source
    for _ in 0..<[1, 1, 2, 4, 20][draw.below(5)] {
      let place = draw.below(min(limit, bytes.count) + 1)
      let end = min(bytes.count, place + [1, 2, 8, 40, 1000][draw.below(5)])
      switch draw.below(8) {
      case 0 where place < bytes.count: bytes[place] = UInt8(draw.below(256))
      case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(draw.below(8))
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4 where draw.oneIn(4): bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: Self.words[draw.below(Self.words.count)], at: place)
      }
    }
    return bytes
  }

  /// One value, anywhere, replaced, lost, doubled, or under another key.
  mutating func value(_ value: JSONValue) -> JSONValue {
    let goesOn = draw.below(6) > 0
    switch value {
    case .array(var elements) where !elements.isEmpty && goesOn:
      let index = draw.below(elements.count)
      switch draw.below(12) {
      case 0: elements.remove(at: index)
      case 1: elements.append(elements[index])
      default: elements[index] = self.value(elements[index])
      }
      return .array(elements)
    case .object(var members) where !members.isEmpty && goesOn:
      let index = draw.below(members.count)
      let member = members[index]
      switch draw.below(12) {
      case 0: members.remove(at: index)
      case 1: members[index] = JSONMember(members[draw.below(members.count)].key + "x", member.value)
      case 2: members[index] = JSONMember(member.key, members[draw.below(members.count)].value)
      default: members[index] = JSONMember(member.key, self.value(member.value))
      }
      return .object(members)
    case .integer(let number) where goesOn && draw.oneIn(2):
      return .integer(number &+ [1, -1, 2, 1 << 20, .max][draw.below(5)])
    case .string(let text) where goesOn && draw.oneIn(2):
      return .string(String(decoding: bytes(Array(text.utf8)), as: UTF8.self))
    default: return Self.values[draw.below(Self.values.count)]
    }
  }

  /// A JSON text, damaged as a value or as bytes.
  mutating func json(_ source: [UInt8]) -> [UInt8] {
    guard draw.below(3) > 0, var tree = try? JSONValue.parse(source, name: "") else { return bytes(source) }
    for _ in 0..<[1, 1, 2, 5][draw.below(4)] { tree = value(tree) }
    return (try? tree.serialized(.oneLine)) ?? source
  }

  /// A safetensors file: its header as JSON, its length, or its bytes.
  mutating func safetensors(_ source: [UInt8]) -> [UInt8] {
    let length = source[..<8].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    let body = source[(8 + length)...]
    switch draw.below(10) {
    case 0: return Array(source[..<draw.below(source.count)])
    case 1: return bytes(source, within: 8)
    case 2: return bytes(source)
    case 3: return bytes(source, within: 8 + length)
    case 4:
      return Self.lengthBytes(UInt64.random(in: 0 ... .max, using: &draw) >> UInt64(draw.below(64))) + source[8...]
    default:
      let header = json(Array(source[8..<8 + length]))
      return Self.lengthBytes(UInt64(header.count)) + header + (draw.oneIn(5) ? body.dropLast(draw.below(99)) : body)
    }
  }

  private static func lengthBytes(_ length: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
  }
}
