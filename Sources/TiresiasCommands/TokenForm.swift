import ArgumentParser
import StructuredText

/// How ids are written.
enum TokenForm: String, CaseIterable, ExpressibleByArgument {
  /// In decimal with spaces between, one document a line.
  case ids
  /// A JSON array, one document a line.
  case json
  /// Two bytes each, little-endian, nothing between documents.
  case u16

  /// The bytes of one document.
  func bytes(of ids: [UInt32]) throws -> [UInt8] {
    switch self {
    case .ids: return Self.line(ids, between: " ", in: ("", "\n"))
    case .json: return Self.line(ids, between: ",", in: ("[", "]\n"))
    case .u16:
      if let id = ids.first(where: { $0 > UInt16.max }) {
        throw CommandFailure("id \(id) does not fit into u16; write ids or json")
      }
      return ids.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }
  }

  private static func line(_ ids: [UInt32], between: String, in ends: (String, String)) -> [UInt8] {
    var bytes = Array(ends.0.utf8)
    for (index, id) in ids.enumerated() {
      if index > 0 { bytes += between.utf8 }
      bytes += id.description.utf8
    }
    return bytes + ends.1.utf8
  }

  /// The next document's ids; nil at the end. `line` counts lines for messages.
  func next(from input: StandardInput, line: inout Int) throws -> [UInt32]? {
    if self == .u16 {
      defer { line += 1 }
      return line == 0 ? try Self.pairs(input.readAll()) : nil
    }
    guard let text = try input.nextLine() else { return nil }
    line += 1
    let name = "standard input:\(line)"
    return try self == .json ? Self.array(text, name) : Self.decimals(text, name)
  }

  private static func pairs(_ bytes: [UInt8]) throws -> [UInt32] {
    guard bytes.count % 2 == 0 else {
      throw CommandFailure("standard input: \(bytes.count) bytes are no whole u16 ids")
    }
    return stride(from: 0, to: bytes.count, by: 2).map { UInt32(bytes[$0]) | UInt32(bytes[$0 + 1]) << 8 }
  }

  private static func array(_ text: [UInt8], _ name: String) throws -> [UInt32] {
    try JSONNode.parse(text, name: name).elements().map { UInt32(try $0.int(in: 0...Int(UInt32.max))) }
  }

  private static func decimals(_ text: [UInt8], _ name: String) throws -> [UInt32] {
    try text.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.map { digits in
      let word = String(decoding: digits, as: UTF8.self)
      guard let id = UInt32(word), digits.first != UInt8(ascii: "+") else {
        throw CommandFailure("\(name): '\(word)' is no token id")
      }
      return id
    }
  }
}

/// What a command cannot do with what it was given.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
