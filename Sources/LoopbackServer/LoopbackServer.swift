import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A web server for the one who started it: it listens on this machine's own addresses only, answers GET, and forgets.
///
/// A connection has one request and one answer. Nothing is read from disk, nothing is written, no state is kept. See
/// ``RequestGate`` for who is answered and ``ServerLimits`` for how much.
public final class LoopbackServer: Sendable {
  /// Of the addresses; the same for all.
  public let port: Int
  /// Where to look: `http://127.0.0.1:PORT/KEY/`.
  public var address: String { "http://127.0.0.1:\(port)/\(key)/" }
  /// What is listened on, such as `127.0.0.1` and `::1`.
  public let hosts: [String]
  public let key: String
  private let channels: [any Channel]
  private let group: MultiThreadedEventLoopGroup
  private let pool: NIOThreadPool

  /// Starts to listen; `port` 0 takes a free one. `answer` is called on several threads at once. Throws if the port is taken.
  public init(
    port: Int = 0, key: String = randomKey(), limits: ServerLimits = ServerLimits(),
    answer: @escaping @Sendable (Question) -> Answer
  ) throws {
    self.key = key
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    pool = NIOThreadPool(numberOfThreads: limits.threads)
    pool.start()
    let open = OpenConnections(limit: limits.connections)
    let (gate, pool) = (RequestGate(key: key), pool)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelInitializer { channel in
        guard open.enter() else { return channel.close() }
        channel.closeFuture.whenComplete { _ in open.leave() }
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            RequestBytes(limit: limits.requestBytes),
            HTTPResponseEncoder(),
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
            Connection(gate: gate, limits: limits, pool: pool, answer: answer),
          ])
        }
      }
    do {
      (channels, hosts) = try Self.listen(bootstrap, port)
      self.port = channels.first?.localAddress?.port ?? port
    } catch {
      try? pool.syncShutdownGracefully()
      try? group.syncShutdownGracefully()
      throw ServerFailure(
        "127.0.0.1:\(port)", "cannot listen: \(Self.reason(error)). Give another --port, or none for a free one.")
    }
  }

  private static func reason(_ error: any Error) -> String {
    guard let code = (error as? IOError)?.errnoCode else { return "\(error)" }
    return String(cString: strerror(code))
  }

  /// A machine without IPv6 has the first address only; where another program has the second one's port, so it is too.
  private static func listen(_ bootstrap: ServerBootstrap, _ port: Int) throws -> ([any Channel], [String]) {
    let first = try bootstrap.bind(host: "127.0.0.1", port: port).wait()
    let second = try? bootstrap.bind(host: "::1", port: first.localAddress?.port ?? port).wait()
    return ([first] + (second.map { [$0] } ?? []), ["127.0.0.1"] + (second == nil ? [] : ["::1"]))
  }

  /// Stops listening, ends what is open, and returns when all threads have ended.
  public func close() {
    for channel in channels { try? channel.close().wait() }
    try? pool.syncShutdownGracefully()
    try? group.syncShutdownGracefully()
  }

  /// 128 bits that nobody can guess, as 32 hexadecimal digits.
  public static func randomKey() -> String {
    var random = SystemRandomNumberGenerator()
    let bits = (0..<2).map { _ in String(random.next() as UInt64, radix: 16) }
    return bits.map { String(repeating: "0", count: 16 - $0.utf8.count) + $0 }.joined()
  }
}

/// How many connections there are.
private final class OpenConnections: Sendable {
  private let count = Mutex(0)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func enter() -> Bool {
    count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
  }

  func leave() { count.withLock { $0 -= 1 } }
}
