import NIOCore
import NIOHTTP1
import NIOPosix

/// Ends a connection that sends more than a request may have.
final class RequestBytes: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let limit: Int
  private var count = 0

  init(limit: Int) { self.limit = limit }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += unwrapInboundIn(data).readableBytes
    guard count <= limit else {
      context.close(promise: nil)
      return
    }
    context.fireChannelRead(data)
  }
}

/// One request and its answer.
final class Connection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let gate: RequestGate
  private let limits: ServerLimits
  private let pool: NIOThreadPool
  private let answer: @Sendable (Question) -> Answer
  private var verdict: RequestGate.Verdict?
  private var isAnswered = false
  private var deadline: Scheduled<Void>?

  init(
    gate: RequestGate, limits: ServerLimits, pool: NIOThreadPool, answer: @escaping @Sendable (Question) -> Answer
  ) {
    (self.gate, self.limits, self.pool, self.answer) = (gate, limits, pool, answer)
  }

  func channelActive(context: ChannelHandlerContext) {
    closes(context, after: limits.requestSeconds)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError, !isAnswered else { return context.close(promise: nil) }
    isAnswered = true
    write(Answer(status: 400, "this is no HTTP"), context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isAnswered else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      verdict = gate.verdict(head)
      // What is refused may have a body, which nobody waits for.
      if case .refused(let answer) = verdict {
        isAnswered = true
        write(answer, context)
      }
    case .body:
      context.close(promise: nil)
    case .end:
      guard case .question(let question) = verdict else { return context.close(promise: nil) }
      isAnswered = true
      closes(context, after: limits.answerSeconds)
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      let answer = answer
      pool.runIfActive(eventLoop: context.eventLoop) { answer(question) }.whenComplete { result in
        let (connection, context) = bound.value
        switch result {
        case .success(let answer): connection.write(answer, context)
        case .failure: context.close(promise: nil)
        }
      }
    }
  }

  private func closes(_ context: ChannelHandlerContext, after seconds: Int) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) { channel.close(promise: nil) }
  }

  private func write(_ answer: Answer, _ context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    var headers = HTTPHeaders(Self.headers)
    headers.add(name: "Content-Type", value: answer.kind.rawValue)
    headers.add(name: "Content-Length", value: "\(answer.body.count)")
    if answer.status == 405 { headers.add(name: "Allow", value: "GET") }
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
  }

  /// Nothing but what comes from here may be loaded, run, framed or kept.
  private static let headers = [
    ("Connection", "close"), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
    (
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"
    ),
  ]
}
