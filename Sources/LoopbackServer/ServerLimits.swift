/// What a client may take of the server.
public struct ServerLimits: Sendable {
  /// Bytes of a request, all told.
  public var requestBytes = 16_384
  /// Connections at once; more are closed as they come.
  public var connections = 64
  /// Seconds until a request must be there.
  public var requestSeconds = 10
  /// Seconds from the request to the last byte of the answer, in which the client has to take it.
  public var answerSeconds = 120
  /// Threads that answer.
  public var threads = 2

  public init() {}
}
