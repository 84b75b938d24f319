extension Manifest {
  /// The run as GPT-NeoX's configs need it.
  public var neoxRun: NeoXConfiguration.Run {
    NeoXConfiguration.Run(
      name: name, trainIterations: trainer.trainIterations, batchSize: trainer.batchSize,
      sequenceLength: trainer.sequenceLength, seed: run.seed, checkpointEvery: run.checkpointEvery,
      firstStep: window.firstStep, endStep: window.endStep, published: trainer.resume.published)
  }

  /// The runs to train: this one, and the control where there is one.
  public var neoxArms: [NeoXConfiguration.Arm] {
    let arm = NeoXConfiguration.Arm(name: evaluator.arm, dataPrefix: trainer.dataPrefix)
    guard let control = trainer.controlPrefix, control != trainer.dataPrefix else { return [arm] }
    return [arm, NeoXConfiguration.Arm(name: evaluator.control ?? "control", dataPrefix: control)]
  }

  /// The prefix of the control, which every arm is validated and tested on; without one, the window itself.
  public var heldOutPrefix: String { trainer.controlPrefix ?? trainer.dataPrefix }
}

extension NeoXConfiguration {
  /// Every size in every arm, each with its path inside the output folder.
  public static func files(_ manifest: Manifest, tokenizerFile: String) -> [(path: String, text: String)] {
    PythiaSize.all.flatMap { size in
      manifest.neoxArms.map { arm in
        let text = text(
          size: size, arm: arm, run: manifest.neoxRun, heldOut: manifest.heldOutPrefix, tokenizerFile: tokenizerFile)
        return ("neox/" + fileName(size, arm), text)
      }
    }
  }
}
