import Glibc

/// Seconds on a clock that nobody sets.
public func monotonicSeconds() -> Double { seconds(CLOCK_MONOTONIC) }

/// Seconds for which the calling thread has had a processor. Costs a system call.
public func processorSeconds() -> Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

/// Adds the seconds that a piece of work takes, by ``monotonicSeconds()``.
public func timed<Result>(_ seconds: inout Double, _ body: () throws -> Result) rethrows -> Result {
  let start = monotonicSeconds()
  defer { seconds += monotonicSeconds() - start }
  return try body()
}

private func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
