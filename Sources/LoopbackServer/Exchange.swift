/// A request that may be answered: GET, from this machine, with the server's key.
public struct Question: Sendable, Equatable {
  /// What stands behind the key, decoded, without a slash in front: `api/step`; empty for the page itself.
  public let path: String
  /// Decoded; of a name given twice the last one.
  public let query: [String: String]

  public init(path: String, query: [String: String] = [:]) {
    (self.path, self.query) = (path, query)
  }
}

/// What is sent back.
public struct Answer: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case html = "text/html; charset=utf-8"
    case css = "text/css; charset=utf-8"
    case script = "text/javascript; charset=utf-8"
    case json = "application/json"
    case text = "text/plain; charset=utf-8"
  }

  public var status: Int
  public var kind: Kind
  public var body: [UInt8]

  public init(_ body: [UInt8], _ kind: Kind, status: Int = 200) {
    (self.body, self.kind, self.status) = (body, kind, status)
  }

  /// A refusal in a few words.
  public init(status: Int, _ reason: String) {
    self.init(Array((reason + "\n").utf8), .text, status: status)
  }
}

/// Why a server cannot be started.
public struct ServerFailure: Error, Equatable, CustomStringConvertible {
  public let place: String
  public let reason: String

  init(_ place: String, _ reason: String) {
    (self.place, self.reason) = (place, reason)
  }

  public var description: String { "\(place): \(reason)" }
}
