/// Lets workers finish numbered pieces in any order, and consumes the results one by one in their order.
///
/// At most `ahead` results wait, so that memory stays bounded: a worker that is too far ahead waits for the others.
/// Numbers are to be taken from 0 without gaps, lower ones first.
final class Sequencer<Result>: @unchecked Sendable {  // `consume` is called by one thread at a time
  private let ahead: Int
  private let consume: (Int, Result) throws -> Void
  private let state = Monitor(State())

  private struct State {
    var next = 0
    var waiting: [Int: Result] = [:]
    var isConsuming = false
    var hasFailed = false
  }

  init(ahead: Int, consume: @escaping (Int, Result) throws -> Void) {
    self.ahead = max(1, ahead)
    self.consume = consume
  }

  /// Makes piece `index` once it is near enough, and hands it on.
  func process(_ index: Int, _ make: () throws -> Result) throws {
    let mayGoOn = state.wait { $0.hasFailed ? false : index < $0.next + ahead ? true : nil }
    guard mayGoOn else { return }
    do {
      let result = try make()
      state.change { $0.waiting[index] = result }
      while let (number, result) = takeNext() {
        try consume(number, result)
        state.change {
          $0.next += 1
          $0.isConsuming = false
        }
      }
    } catch {
      state.change { $0.hasFailed = true }
      throw error
    }
  }

  /// The next result in order, if it is there and nobody is consuming.
  private func takeNext() -> (Int, Result)? {
    state.change { state in
      guard !state.isConsuming, !state.hasFailed, let result = state.waiting.removeValue(forKey: state.next) else {
        return nil
      }
      state.isConsuming = true
      return (state.next, result)
    }
  }
}
