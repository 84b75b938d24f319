import Foundation
import Pipeline
import StructuredText
import TestSupport
import Testing

/// Runs like those that the presets name, and one of nobody's.
private let runs = [
  NeoXConfiguration.Run(
    name: "deduped-7pct", trainIterations: 143_000, batchSize: 1024, sequenceLength: 2048, checkpointEvery: 1000,
    firstStep: 133_000, endStep: 143_000, published: "step133000"),
  NeoXConfiguration.Run(
    name: "v0-21pct", trainIterations: 71_500, batchSize: 2048, sequenceLength: 2048, checkpointEvery: 500,
    firstStep: 56_500, endStep: 71_500, published: "step113000"),
  NeoXConfiguration.Run(
    name: "demo \u{1F52E}\ntrain_iters: 1", trainIterations: 303, batchSize: 12, sequenceLength: 4096, seed: 7,
    checkpointEvery: 10, firstStep: 101, endStep: 207, published: "step101"),
]
private let intervention = NeoXConfiguration.Arm(name: "intervention", dataPrefix: "window_document")
private let control = NeoXConfiguration.Arm(name: "control", dataPrefix: "control_document")

private func text(_ size: PythiaSize, _ arm: NeoXConfiguration.Arm, _ run: NeoXConfiguration.Run) -> String {
  NeoXConfiguration.text(
    size: size, arm: arm, run: run, heldOut: "control_document", tokenizerFile: "20B_tokenizer.json")
}

/// The settings under one-spelling, dotted keys, as ``PublishedConfiguration`` has them; throws where a key stands twice.
private func settings(_ text: String) throws -> [String: String] {
  var found: [String: String] = [:]
  func value(_ node: YAMLNode) throws -> String {
    if case .list(let items) = node.content { return "[" + (try items.map(value)).joined(separator: ", ") + "]" }
    return PublishedConfiguration.canonical(try node.string("a value"))
  }
  func add(_ node: YAMLNode, _ prefix: String) throws {
    for entry in try node.entries("settings") {
      let key = prefix + entry.key.replacing("-", with: "_")
      if case .mapping = entry.value.content {
        try add(entry.value, key + ".")
      } else {
        try #require(found.updateValue(try value(entry.value), forKey: key) == nil, "\(key) stands twice")
      }
    }
  }
  try add(try YAMLNode.parse(text.utf8, file: "config"), "")
  return found
}

@Suite struct NeoXConfigurationTests {
  @Test func everySizeAndArmIsYAMLWithoutAKeyTwiceInEitherSpelling() throws {
    for run in runs {
      for size in PythiaSize.all {
        for arm in [intervention, control] { #expect(try settings(text(size, arm, run)).count > 60) }
      }
    }
  }

  @Test(arguments: PythiaSize.all.map(\.name)) func theRunsNumbersAreInEveryConfig(_ name: String) throws {
    let size = try #require(PythiaSize.named(name))
    for run in runs {
      let found = try settings(text(size, intervention, run))
      #expect(found["train_iters"] == "\(Double(run.trainIterations))")
      #expect(found["lr_decay_iters"] == found["train_iters"])
      #expect(found["train_batch_size"] == "\(Double(run.batchSize))")
      #expect(found["seq_length"] == "\(Double(run.sequenceLength))")
      #expect(found["iteration"] == "\(Double(run.firstStep))")
      #expect(found["checkpoint_factor"] == "\(Double(run.checkpointEvery))")
      #expect(found["seed"] == (run.seed == 1234 ? nil : "\(Double(run.seed))"))
    }
  }

  @Test func accumulationIsLeftOutAndTheMicroBatchDividesTheBatch() throws {
    for run in runs {
      for size in PythiaSize.all {
        let found = try settings(text(size, control, run))
        #expect(found["gas"] == nil && found["gradient_accumulation_steps"] == nil)
        let micro = NeoXConfiguration.microBatchSize(size, run)
        #expect(run.batchSize % micro == 0 && micro <= size.microBatchSize)
      }
    }
  }

  @Test func theArmsDifferInTrainingDataAndSaveFolderOnly() throws {
    for run in runs {
      for size in PythiaSize.all {
        let one = try settings(text(size, intervention, run))
        let other = try settings(text(size, control, run))
        #expect(Set(one.keys) == Set(other.keys))
        #expect(Set(one.keys.filter { one[$0] != other[$0] }) == ["train_data_paths", "save"])
        #expect(one["valid_data_paths"] == "[control_document]" && one["test_data_paths"] == "[control_document]")
        #expect(one["load"] == "checkpoints/\(size.name)" && one["save"] == "checkpoints/\(size.name)-intervention")
      }
    }
  }

  @Test func aWindowThatEndsEarlySavesItsEndAndStopsThere() throws {
    let early = try settings(text(PythiaSize.all[0], control, runs[2]))
    #expect(early["exit_interval"] == "207.0")
    #expect(early["extra_save_iters"]?.hasSuffix(", 512.0, 207.0]") == true)
    #expect(try settings(text(PythiaSize.all[0], control, runs[0]))["exit_interval"] == nil)
  }

  @Test func pathsAndNamesCannotLeaveTheirQuotes() throws {
    let odd = "a\"b\\c\n# \u{7}é\u{1F52E}: [x]"
    let arm = NeoXConfiguration.Arm(name: odd, dataPrefix: odd)
    let text = NeoXConfiguration.text(
      size: PythiaSize.all[0], arm: arm, run: runs[2], heldOut: odd, tokenizerFile: odd)
    #expect(text.utf8.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 0x0A) })
    let found = try settings(text)
    #expect(found["vocab_file"] == odd && found["train_data_paths"] == "[\(odd)]" && found["train_iters"] == "303.0")
  }

  @Test func numbersAreNumbersToPyYAMLToo() {
    // YAML 1.1 takes 1e-8 for a word: a float needs a point, and a sign in its exponent.
    let number = #/[0-9][0-9e.+-]*/#
    let pyYAML = #/[0-9]+|[0-9]+\.[0-9]*(e[-+][0-9]+)?/#
    for size in PythiaSize.all {
      for line in text(size, control, runs[1]).split(separator: "\n") where !line.hasPrefix("#") {
        guard let value = line.split(separator: " ").last, (try? number.wholeMatch(in: value)) != nil else { continue }
        #expect((try? pyYAML.wholeMatch(in: value)) != nil, "\(line)")
      }
    }
  }

  @Test(arguments: NeoXConfiguration.Release.allCases)
  func theLearningRateFallsFromPeakToMinimum(_ release: NeoXConfiguration.Release) throws {
    let size = try #require(PythiaSize.named("410M"))
    let rates = [1, 1430, 50_000, 100_000, 143_000].map {
      NeoXConfiguration.learningRate(size, runs[0], at: $0, release: release)
    }
    #expect(rates[0] == 0.0003 / 1430 && rates[1] == 0.0003 && rates[4] == 0.00003)
    #expect(rates[1] > rates[2] && rates[2] > rates[3] && rates[3] > rates[4])
  }

  /// Of the peak; from GPT-NeoX's own `AnnealingLR` of tag v1.0 and of main.
  @Test func theTwoReleasesDifferWhereTheWindowsStart() throws {
    let size = try #require(PythiaSize.named("410M"))
    func share(_ step: Int, _ release: NeoXConfiguration.Release) -> Double {
      NeoXConfiguration.learningRate(size, runs[0], at: step, release: release) / 0.0003
    }
    #expect(abs(share(133_000, .main) - 0.111035) < 1e-5 && abs(share(133_000, .v1) - 0.1) < 1e-9)
    #expect(abs(share(113_000, .main) - 0.196091) < 1e-5 && abs(share(113_000, .v1) - 0.114533) < 1e-5)
  }

  /// No number drifted: every setting of every published config, but for those that have to differ.
  @Test(.enabled(if: Assets.folder != nil, "TIRESIAS_ASSETS is not set"), arguments: PythiaSize.all.map(\.name))
  func settingsAreThePublishedOnes(_ name: String) throws {
    let size = try #require(PythiaSize.named(name))
    let ours = try settings(text(size, intervention, runs[0]))
    var compared = 0
    for suffix in ["", "-deduped"] {
      let path = "\(Assets.folder ?? "")/pythia-configs/pythia-\(size.name)\(suffix).yml"
      guard let source = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
      let theirs = PublishedConfiguration(source).settings
      #expect(theirs.count > 50)
      for (key, value) in theirs where !elsewhere.contains(key) {
        let corrected = suffix.isEmpty ? value : corrections["\(size.name) \(key)"] ?? value
        #expect(ours[key] == corrected, "\(size.name)\(suffix) \(key)")
        compared += 1
      }
      #expect(size.gpus == Int(source.firstMatch(of: #/trained on ([0-9]+) gpus/#)?.output.1 ?? ""))
    }
    #expect(compared > 40)
  }

  /// Paths; accumulation, which the fixed batch replaces; and what belongs to a machine.
  private var elsewhere: Set<String> {
    [
      "train_data_paths", "valid_data_paths", "test_data_paths", "vocab_file", "gas", "gradient_accumulation_steps",
      "launcher", "deepspeed_slurm",
    ]
  }

  /// The published file has layers and heads of the deduplicated 12B exchanged.
  private var corrections: [String: String] { ["12b num_layers": "36.0", "12b num_attention_heads": "40.0"] }
}
