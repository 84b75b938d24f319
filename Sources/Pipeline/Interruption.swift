import Glibc
import Synchronization

/// The wish, told by SIGTERM, that a long piece of work ends where it can go on later.
///
/// Clusters send it some time before they take a machine away. The second SIGTERM ends the process at once, as SIGKILL does
/// and as SIGINT always did: what is unfinished then is made again.
public enum Interruption {
  private static let flag = Atomic<Bool>(false)

  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// From now on the first SIGTERM is a wish. For commands whose work asks ``isRequested``.
  public static func watch() {
    // The flag is made here, and not in the handler, where nothing may be allocated.
    _ = isRequested
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interruption.flag.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
    sigaction(SIGTERM, &action, nil)
    // A parent that blocks it, as threads of some libraries do, hands that on.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// What a piece of work throws that has ended as it was asked to.
  static func failure(_ place: String, _ done: String) -> PipelineFailure {
    PipelineFailure(place, "stopped by SIGTERM; \(done). Run the same command again: it continues where it stopped.")
  }
}
