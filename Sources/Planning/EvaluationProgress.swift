import BiasEvaluation
import Pipeline
import Synchronization

/// Shows how far all of an evaluation is, as `run` and `tokenize` do, and which model it has reached.
public final class EvaluationProgress: EvaluationObserver {
  private let style: Progress.Style
  private let current = Mutex<Progress?>(nil)

  public init(style: Progress.Style) { self.style = style }

  public func began(total: Int) {
    current.withLock { $0 = Progress("evaluate", total: total, unit: .items("tokens"), style: style) }
  }

  public func reached(_ label: String, done: Int) { current.withLock { $0?.begin(label, done: done) } }

  public func advanced(_ tokens: Int) { current.withLock { $0?.advance(tokens) } }

  public func finished() {
    current.withLock { progress in
      progress?.finish()
      progress = nil
    }
  }

  public func note(_ text: String) { Progress.note("note: " + text, style: style) }
}
