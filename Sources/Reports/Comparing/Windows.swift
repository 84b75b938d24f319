import Pipeline

extension Analysis {
  /// Where in training, from 0 to 1, an arm's data begin to differ: from a manifest of the same model and arm, else from the
  /// share that the arm is named by, to the nearest of 143 checkpoints. Nil for the control, and where neither says it.
  func windowStart(_ model: ModelName, _ arm: Arm) -> Double? {
    guard case .intervention(let name) = arm else { return nil }
    if let manifest = manifest(of: model, arm) {
      return Double(manifest.window.firstStep) / Double(manifest.run.trainIterations)
    }
    return Self.percent(name).map { ((1 - $0 / 100) * 143).rounded() / 143 }
  }

  /// Of `7 %` and of `7pct-m2f`.
  private static func percent(_ arm: String) -> Double? {
    let number = arm.prefix { $0.isASCII && $0.isNumber }
    let rest = arm.dropFirst(number.count)
    guard rest == " %" || rest.hasPrefix("pct"), let percent = Double(number), 0...100 ~= percent else { return nil }
    return percent
  }

  /// The manifest of a run by that name, or of that model and share of training.
  func manifest(of model: ModelName, _ arm: Arm) -> Manifest? {
    manifests.first { manifest in
      let subject = PublishedNames.subject(ofHubName: manifest.name, step: nil)
      guard manifest.evaluator.arm != "control" else { return false }
      if arm == .intervention(manifest.name) { return true }
      let share = Int((manifest.window.share * 100).rounded())
      return subject.model == model && (subject.arm == arm || arm == .intervention("\(share) %"))
    }
  }
}

extension ResultFiles {
  /// The length of a run as its manifest says it, and the window's checkpoints by the run's own steps.
  func withLengths(of manifests: [Manifest]) -> ResultFiles {
    var files = self
    for index in files.evaluations.indices {
      guard let run = files.evaluations[index].subject.run,
        let manifest = manifests.first(where: { $0.evaluator.name == run })
      else { continue }
      let step = files.evaluations[index].subject.checkpoint.step
      let checkpoint = manifest.evaluator.checkpoints.first { PublishedNames.step($0.published) == step }
      files.evaluations[index].subject.checkpoint = Checkpoint(
        step: checkpoint?.iteration ?? step, of: manifest.run.trainIterations)
    }
    return files
  }
}
