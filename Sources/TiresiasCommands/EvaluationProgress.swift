import BiasEvaluation
import Pipeline
import Synchronization

/// Shows how far all of an evaluation is, as `run` and `tokenize` do, and which model it has reached.
final class EvaluationProgress: EvaluationObserver {
  private let style: Progress.Style
  private let current = Mutex<Progress?>(nil)

  init(style: Progress.Style) { self.style = style }

  func began(total: Int) {
    current.withLock { $0 = Progress("evaluate", total: total, unit: .items("tokens"), style: style) }
  }

  func reached(_ label: String, done: Int) { current.withLock { $0?.begin(label, done: done) } }

  func advanced(_ tokens: Int) { current.withLock { $0?.advance(tokens) } }

  func finished() {
    current.withLock { progress in
      progress?.finish()
      progress = nil
    }
  }

  func note(_ text: String) { Progress.note("note: " + text, style: style) }
}
