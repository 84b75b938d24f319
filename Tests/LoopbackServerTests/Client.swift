import Foundation
import Glibc

@testable import LoopbackServer

/// A client that sends what it is told, byte for byte.
final class Client {
  struct Reply {
    /// 0: the connection was closed without one.
    let status: Int
    let headers: [String: String]
    let body: String
  }

  struct Failure: Error {
    let code: Int32
  }

  private let socket: Int32

  init(_ server: LoopbackServer) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(server.port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if code != 0 { throw Failure(code: errno) }
  }

  deinit { close(socket) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress! + done, $0.count - done, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      done += count
    }
  }

  /// To the end of the connection.
  func readAll() -> [UInt8] {
    var (all, buffer): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 1 << 16))
    while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 { all += buffer[..<count] }
    return all
  }

  /// Ends the connection without a word.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    shutdown(socket, Int32(SHUT_RD))
  }

  static func ask(_ server: LoopbackServer, _ text: String) throws -> Reply {
    let client = try Client(server)
    client.send(text)
    let parts = String(decoding: client.readAll(), as: UTF8.self).components(separatedBy: "\r\n\r\n")
    let lines = parts[0].components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      if pair.count == 2 { headers[pair[0].lowercased()] = pair[1] }
    }
    let words = lines[0].split(separator: " ")
    let status = words.count > 1 ? Int(words[1]) ?? 0 : 0
    return Reply(status: status, headers: headers, body: parts.dropFirst().joined(separator: "\r\n\r\n"))
  }
}
