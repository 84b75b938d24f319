/// What is wrong with a JSON text, or with what it says.
public struct JSONFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: Equatable, Sendable {
    /// No JSON, or nested too deep, or too large.
    case syntax
    /// A key stands twice in one object.
    case duplicateKey
    /// JSON, but not what was expected at this place.
    case content
    /// A number that JSON cannot write.
    case notFinite
  }

  public let code: Code
  /// The file, as messages call it.
  public let name: String
  /// Byte offset and line (from 1) of the fault, where known.
  public let offset: Int?
  public let line: Int?
  /// Path of the value, as `model.merges[3]`; empty for the whole document.
  public let path: String
  public let reason: String

  public init(
    _ code: Code, name: String, offset: Int? = nil, line: Int? = nil, path: String = "", reason: String
  ) {
    self.code = code
    self.name = name
    self.offset = offset
    self.line = line
    self.path = path
    self.reason = reason
  }

  public var description: String {
    var place = name
    if let line { place += ":\(line)" }
    if let offset { place += " (byte \(offset))" }
    return place + (path.isEmpty ? "" : ": \(path)") + ": " + reason
  }
}
