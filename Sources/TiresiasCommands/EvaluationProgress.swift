import BiasEvaluation
import Pipeline
import Synchronization

/// Shows how far each model is, as `run` and `tokenize` do.
final class EvaluationProgress: EvaluationObserver {
  private let style: Progress.Style
  private let current = Mutex<Progress?>(nil)

  init(style: Progress.Style) { self.style = style }

  func began(_ label: String, total: Int, done: Int) {
    current.withLock { $0 = Progress(label, total: total, unit: .items("tokens"), done: done, style: style) }
  }

  func advanced(_ tokens: Int) { current.withLock { $0?.advance(tokens) } }

  func finished() {
    current.withLock { progress in
      progress?.finish()
      progress = nil
    }
  }

  func note(_ text: String) { Progress.note("note: " + text, style: style) }
}
