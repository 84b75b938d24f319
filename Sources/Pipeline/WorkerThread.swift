import ByteIO
import Glibc

/// A POSIX thread.
public final class WorkerThread {
  private var thread = pthread_t()
  private var isJoined = false

  public init(_ body: @escaping @Sendable () -> Void) throws {
    let box = Unmanaged.passRetained(Body(body))
    let code = pthread_create(
      &thread, nil,
      { argument in
        argument.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      throw IOFailure(
        "start", "a worker thread", reason: "\(String(cString: strerror(code))). Run with fewer --workers.")
    }
  }

  /// Waits until the body has returned.
  public func join() {
    if !isJoined { pthread_join(thread, nil) }
    isJoined = true
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
