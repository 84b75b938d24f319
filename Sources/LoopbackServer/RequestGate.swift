import NIOHTTP1

/// Which requests are answered at all.
///
/// Whoever may connect to this machine's own addresses may be anybody: a page of the web that the reader has open too, or another user.
/// - The host's name must be this machine's: else a page of another host whose name was made to lead here could read (DNS rebinding).
///   Any port will do, since `ssh -L` changes it.
/// - What a browser says another site asked for is refused, but for links that are followed.
/// - The path begins with a key that only the one who started the server was told.
struct RequestGate: Sendable {
  let key: String

  enum Verdict: Equatable {
    case question(Question)
    case refused(Answer)
  }

  func verdict(_ head: HTTPRequestHead) -> Verdict {
    guard head.method == .GET else { return .refused(Answer(status: 405, "only GET is answered")) }
    let hosts = head.headers["host"]
    guard hosts.count == 1, Self.isLocal(hosts[0]) else {
      return .refused(Answer(status: 403, "this is no name of this machine: open the address that was printed"))
    }
    guard !isForeign(head.headers, host: hosts[0]) else { return .refused(Answer(status: 403, "another site asked")) }
    guard !hasBody(head.headers) else { return .refused(Answer(status: 413, "a request with a body is not read")) }
    guard let target = RequestTarget(head.uri) else { return .refused(Answer(status: 400, "the address is malformed")) }
    guard target.parts.count >= 2, Self.isEqual(target.parts[0], key) else {
      return .refused(Answer(status: 404, "open the address that was printed, with its key"))
    }
    return .question(Question(path: target.parts.dropFirst().joined(separator: "/"), query: target.query))
  }

  /// `localhost`, `127.0.0.1` or `[::1]`, with any port or none.
  static func isLocal(_ host: String) -> Bool {
    for name in ["localhost", "127.0.0.1", "[::1]"] where host.lowercased().hasPrefix(name) {
      let port = host.dropFirst(name.count)
      if port.isEmpty { return true }
      let digits = port.dropFirst()
      return port.first == ":" && (1...5).contains(digits.utf8.count)
        && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    return false
  }

  private func isForeign(_ headers: HTTPHeaders, host: String) -> Bool {
    if let origin = headers.first(name: "origin"), origin != "http://" + host { return true }
    guard let site = headers.first(name: "sec-fetch-site"), site != "same-origin", site != "none" else { return false }
    return headers.first(name: "sec-fetch-mode") != "navigate" || headers.first(name: "sec-fetch-dest") != "document"
  }

  private func hasBody(_ headers: HTTPHeaders) -> Bool {
    headers.contains(name: "transfer-encoding") || headers["content-length"].contains { $0 != "0" }
  }

  /// Takes the same time wherever the two differ.
  private static func isEqual(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    return left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
