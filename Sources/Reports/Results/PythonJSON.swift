import StructuredText

/// JSON as Python's `json` writes it: with the words NaN, Infinity and -Infinity, which are no JSON.
enum PythonJSON {
  /// The document, with null where such a word stood outside a string. Else as ``JSONNode/parse(_:name:)``.
  static func parse(_ bytes: [UInt8], name: String) throws(JSONFailure) -> JSONNode {
    let (text, growths) = withNulls(bytes)
    do {
      return try JSONNode.parse(text, name: name)
    } catch {
      // `null` is a byte longer than `NaN`.
      let offset = error.offset.map { offset in offset - growths.count { $0 < offset } }
      throw JSONFailure(
        error.code, name: error.name, offset: offset, line: error.line, path: error.path, reason: error.reason)
    }
  }

  private static let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
  private static let null = Array("null".utf8)

  /// The text, and where in it a word grew by a byte.
  private static func withNulls(_ bytes: [UInt8]) -> (text: [UInt8], growths: [Int]) {
    var (text, growths): ([UInt8], [Int]) = ([], [])
    text.reserveCapacity(bytes.count + 64)
    var (index, isInString) = (0, false)
    while index < bytes.count {
      let byte = bytes[index]
      if isInString, byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        text += bytes[index...index + 1]
        index += 2
      } else if !isInString, let word = words.first(where: { bytes[index...].starts(with: $0) }) {
        text += null + Array(repeating: UInt8(ascii: " "), count: max(0, word.count - null.count))
        if word.count < null.count { growths.append(text.count - 1) }
        index += word.count
      } else {
        if byte == UInt8(ascii: "\"") { isInString.toggle() }
        text.append(byte)
        index += 1
      }
    }
    return (text, growths)
  }
}
