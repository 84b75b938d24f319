import Foundation
import Glibc
import Synchronization
import Testing

@testable import LoopbackServer

/// The server over real sockets, asked politely and otherwise.
@Suite struct LoopbackServerTests {
  private static let key = "0123456789abcdef"

  private static func server(
    _ limits: ServerLimits = ServerLimits(), answer: @escaping @Sendable (Question) -> Answer = echo
  ) throws -> LoopbackServer {
    try LoopbackServer(key: key, limits: limits, answer: answer)
  }

  private static let echo: @Sendable (Question) -> Answer = { question in
    let query = question.query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    return Answer(Array("\(question.path)|\(query)".utf8), .text)
  }

  private func get(_ target: String, host: String = "127.0.0.1", _ more: String = "") -> String {
    "GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\(more)\r\n"
  }

  @Test func aQuestionIsAnsweredAndNothingMayBeLoadedFromElsewhere() throws {
    let server = try Self.server()
    defer { server.close() }
    let answer = try Client.ask(
      server, get("/\(Self.key)/api/step?step=3&text=a%20b+c%C3%A9", host: "127.0.0.1:\(server.port)"))
    #expect(answer.status == 200)
    #expect(answer.body == "api/step|step=3;text=a b cé")
    let policy = try #require(answer.headers["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'none';") && policy.contains("frame-ancestors 'none'"))
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["cache-control"] == "no-store")
    #expect(answer.headers["access-control-allow-origin"] == nil)
  }

  @Test func itListensOnThisMachinesOwnAddressesOnly() throws {
    let server = try Self.server()
    defer { server.close() }
    #expect(server.hosts.first == "127.0.0.1")
    #expect(Set(server.hosts).isSubset(of: ["127.0.0.1", "::1"]))
    #expect(server.address.hasPrefix("http://127.0.0.1:\(server.port)/"))
    // Every listening socket of this port, as the kernel lists them: addresses in hexadecimal.
    let port = String(server.port, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: 4 - port.count) + port
    let tables = try ["/proc/net/tcp", "/proc/net/tcp6"].compactMap { path in
      FileManager.default.fileExists(atPath: path) ? try String(contentsOfFile: path, encoding: .utf8) : nil
    }
    let addresses = tables.flatMap { $0.split(separator: "\n") }.compactMap { line -> String? in
      let cells = line.split(separator: " ")
      guard cells.count > 3, cells[3] == "0A", cells[1].hasSuffix(":" + padded) else { return nil }
      return String(cells[1].dropLast(5))
    }
    #expect(!addresses.isEmpty)
    #expect(addresses.allSatisfy { $0 == "0100007F" || $0 == "00000000000000000000000001000000" }, "\(addresses)")
  }

  @Test(arguments: [
    ("evil.example", "", 403), ("127.0.0.1.evil.example", "", 403), ("localhost.evil.example:80", "", 403),
    ("127.0.0.1:80:80", "", 403), ("169.254.169.254", "", 403), ("0.0.0.0", "", 403), ("[::]", "", 403), ("", "", 403),
    ("localhost:9000", "", 200), ("[::1]:7", "", 200), ("LOCALHOST", "", 200),
    ("localhost", "Host: evil.example\r\n", 403), ("localhost", "Origin: http://evil.example\r\n", 403),
    ("localhost", "Origin: null\r\n", 403), ("localhost:1", "Origin: http://localhost:1\r\n", 200),
    ("localhost", "Sec-Fetch-Site: cross-site\r\n", 403), ("localhost", "Sec-Fetch-Site: same-site\r\n", 403),
    ("localhost", "Sec-Fetch-Site: same-origin\r\n", 200), ("localhost", "Sec-Fetch-Site: none\r\n", 200),
    ("localhost", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n", 200),
    ("localhost", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n", 403),
    ("localhost", "Content-Length: 3\r\n", 413), ("localhost", "Transfer-Encoding: chunked\r\n", 413),
  ])
  func otherHostsAndSitesAreRefused(host: String, headers: String, status: Int) throws {
    let server = try Self.server()
    defer { server.close() }
    #expect(try Client.ask(server, get("/\(Self.key)/", host: host, headers)).status == status)
  }

  @Test(arguments: [
    ("/", 404), ("/0123456789abcdee/", 404), ("/0123456789abcde/", 404), ("/0123456789abcdef", 404),
    ("//0123456789abcdef/", 404), ("/0123456789abcdef/%", 400), ("/0123456789abcdef/%4", 400),
    ("/0123456789abcdef/%zz", 400),
    ("/0123456789abcdef/%ff", 400), ("/0123456789abcdef/a?b=%C3", 400), ("/0123456789abcdef/%00", 200),
    ("/%30123456789abcdef/", 200), ("/0123456789abcdef/../../etc/passwd", 200), ("/0123456789abcdef/%2e%2e%2fetc", 200),
    ("http://localhost/0123456789abcdef/", 400), ("*", 400),
  ])
  func targetsAreReadStrictly(target: String, status: Int) throws {
    let server = try Self.server()
    defer { server.close() }
    let answer = try Client.ask(server, get(target))
    #expect(answer.status == status, "\(answer.body)")
    // There is nothing on disk to be reached: a path is only a name.
    if target.contains("passwd") { #expect(answer.body == "../../etc/passwd|") }
  }

  @Test(arguments: ["POST", "PUT", "HEAD", "OPTIONS", "DELETE", "CONNECT", "TRACE"])
  func onlyGETIsAnswered(method: String) throws {
    let server = try Self.server()
    defer { server.close() }
    let answer = try Client.ask(server, "\(method) /\(Self.key)/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(answer.status == 405 || (method == "CONNECT" && answer.status == 400))
  }

  @Test(arguments: [
    "\r\n\r\n\r\n", "hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET  /  HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}",
    "GET / HTTP/1.1\r\nHost localhost\r\n\r\n", "GET / HTTP/1.1\r\nA\u{0}: b\r\n\r\n",
  ])
  func whatIsNoHTTPEndsTheConnection(bytes: String) throws {
    var limits = ServerLimits()
    limits.requestSeconds = 1
    let server = try Self.server(limits)
    defer { server.close() }
    let answer = try Client.ask(server, bytes)
    #expect(answer.status == 0 || answer.status >= 400)
    #expect(try Client.ask(server, get("/\(Self.key)/")).status == 200)
  }

  @Test func aRequestHasRoomForSoMuch() throws {
    let server = try Self.server()
    defer { server.close() }
    for size in [20_000, 400_000] {
      let long = get("/\(Self.key)/", "X: " + String(repeating: "a", count: size) + "\r\n")
      #expect(try Client.ask(server, long).status == 0)
      #expect(try Client.ask(server, get("/\(Self.key)/" + String(repeating: "a", count: size))).status == 0)
      #expect(try [0, 400].contains(Client.ask(server, String(repeating: "a", count: size)).status))
    }
    #expect(try Client.ask(server, get("/\(Self.key)/" + String(repeating: "a", count: 5_000))).status == 400)
    #expect(try Client.ask(server, get("/\(Self.key)/")).status == 200)
  }

  @Test func whoSendsNothingIsNotWaitedFor() throws {
    var limits = ServerLimits()
    limits.requestSeconds = 1
    let server = try Self.server(limits)
    defer { server.close() }
    let silent = try Client(server)
    let slow = try Client(server)
    slow.send("GET /\(Self.key)/ HT")
    let start = ContinuousClock.now
    #expect(slow.readAll().isEmpty && silent.readAll().isEmpty)
    #expect(start.duration(to: .now) < .seconds(8))
  }

  @Test func whoReadsNothingIsNotWaitedForEither() throws {
    var limits = ServerLimits()
    limits.answerSeconds = 1
    let server = try Self.server(limits) { _ in Answer([UInt8](repeating: 97, count: 1 << 26), .text) }
    defer { server.close() }
    let client = try Client(server)
    client.send(get("/\(Self.key)/"))
    Thread.sleep(forTimeInterval: 2.5)
    // What lay in the buffers is all that comes.
    #expect(client.readAll().count < 1 << 26)
  }

  @Test func manyConnectionsAtOnceAreClosedAndTheServerGoesOn() throws {
    var limits = ServerLimits()
    (limits.connections, limits.requestSeconds) = (8, 2)
    let server = try Self.server(limits)
    defer { server.close() }
    do {
      let clients = try (0..<100).map { _ in try Client(server) }
      #expect(clients.last?.readAll().isEmpty == true)
    }
    Thread.sleep(forTimeInterval: 0.3)
    #expect(try Client.ask(server, get("/\(Self.key)/")).status == 200)
  }

  @Test func answersAreGivenSideBySide() throws {
    let server = try Self.server { question in
      if question.path == "slow" { Thread.sleep(forTimeInterval: 1) }
      return Answer(Array(question.path.utf8), .text)
    }
    defer { server.close() }
    let slow = try Client(server)
    slow.send(get("/\(Self.key)/slow"))
    let start = ContinuousClock.now
    #expect(try Client.ask(server, get("/\(Self.key)/fast")).body == "fast")
    #expect(start.duration(to: .now) < .milliseconds(900))
    #expect(String(decoding: slow.readAll(), as: UTF8.self).hasSuffix("slow"))
  }

  @Test func aClientThatGoesAwayLeavesNothingBehind() throws {
    let count = Counter()
    let server = try Self.server { _ in
      count.add()
      return Answer([UInt8](repeating: 97, count: 1 << 20), .text)
    }
    defer { server.close() }
    for _ in 0..<30 {
      let client = try Client(server)
      client.send(get("/\(Self.key)/"))
      client.reset()
    }
    #expect(try Client.ask(server, get("/\(Self.key)/")).body.utf8.count == 1 << 20)
  }

  @Test func aTakenPortIsAnError() throws {
    let server = try Self.server()
    defer { server.close() }
    #expect(throws: ServerFailure.self) { try LoopbackServer(port: server.port) { _ in Answer([], .text) } }
  }

  @Test func everyKeyIsAnother() {
    let keys = Set((0..<100).map { _ in LoopbackServer.randomKey() })
    #expect(keys.count == 100 && keys.allSatisfy { $0.utf8.count == 32 })
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)
  func add() { count.withLock { $0 += 1 } }
}
