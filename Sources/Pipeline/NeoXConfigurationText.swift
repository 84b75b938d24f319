/// A configuration as groups of settings, each with a line that says why it is as it is.
struct NeoXDocument {
  let size: PythiaSize
  let arm: NeoXConfiguration.Arm
  let run: NeoXConfiguration.Run
  let heldOut: String
  let tokenizerFile: String

  struct Group {
    let why: [String]
    let settings: [String]

    init(_ why: String..., settings: [String]) {
      self.why = why
      self.settings = settings
    }

    var text: String { (why.map { "# " + YAMLText.comment($0) } + settings).map { $0 + "\n" }.joined() }
  }

  var title: String {
    let lines = [
      "GPT-NeoX configuration: Pythia \(size.name), arm \(arm.name) of \(run.name).",
      "Start it from the output folder, with a second file for your machine: TRAINING.md has the commands.",
      "Do not give a key again in that file: spelled with _ GPT-NeoX refuses it, spelled with - it silently wins.",
    ]
    return lines.map { "# " + YAMLText.comment($0) + "\n" }.joined()
  }

  var groups: [Group] {
    [
      data, window, batch, model, initialization, optimizer, schedule, memory, regularization, precision, checkpoints,
      evaluation, logging,
    ].compactMap { $0 }
  }

  private var data: Group {
    let prefixes = [("train", arm.dataPrefix), ("valid", heldOut), ("test", heldOut)]
    let paths = prefixes.flatMap { part, prefix in
      ["\(part)_data_paths: [\(YAMLText.quoted(prefix))]", "\(part)_data_weights: [1.0]"]
    }
    let seed = run.seed == NeoXConfiguration.Run.defaultSeed ? [] : ["seed: \(run.seed)"]
    return Group(
      "Data: this arm's window. Both arms are validated and tested on the same, unedited text. The index maps that",
      "stand beside the window hold for this data_impl, length, batch, number of iterations and seed only.",
      settings: paths + [
        "data_impl: mmap", "seq_length: \(run.sequenceLength)", "tokenizer_type: HFTokenizer",
        "vocab_file: \(YAMLText.quoted(tokenizerFile))",
      ] + (size.loaderWorkers.map { ["num_workers: \($0)"] } ?? []) + seed)
  }

  private var window: Group {
    // GPT-NeoX leaves at the next multiple of exit_interval: in a window that ends early, at its end.
    let exit = run.endStep < run.trainIterations ? ["exit_interval: \(run.endStep)"] : []
    return Group(
      "Window: steps \(run.firstStep) to \(run.endStep - 1). The checkpoint of step \(run.firstStep) goes into `load`;",
      "v1.0 of GPT-NeoX reads no `iteration` and takes the one that the file `latest` there names.",
      settings: [
        "load: \(YAMLText.quoted(NeoXConfiguration.loadFolder(size)))", "iteration: \(run.firstStep)",
        "save: \(YAMLText.quoted(NeoXConfiguration.saveFolder(size, arm)))",
      ] + exit)
  }

  private var batch: Group {
    Group(
      "Batch: fixed, so that another number of GPUs cannot move the window. Accumulation is for your machine's file.",
      "Published: micro batches of \(size.microBatchSize) on \(size.gpus) GPUs.",
      settings: [
        "train_batch_size: \(run.batchSize)",
        "train_micro_batch_size_per_gpu: \(NeoXConfiguration.microBatchSize(size, run))",
      ])
  }

  private var model: Group {
    Group(
      "Model, as published. The vocabulary is padded to a multiple of 128 times model_parallel_size.",
      settings: [
        "pipe_parallel_size: \(size.pipeParallelSize)", "model_parallel_size: \(size.modelParallelSize)",
        "num_layers: \(size.layers)", "hidden_size: \(size.hiddenSize)",
        "num_attention_heads: \(size.attentionHeads)",
        "max_position_embeddings: \(max(2048, run.sequenceLength))",
      ] + (size.namesInitialization ? [] : ["norm: layernorm"]) + [
        "pos_emb: rotary", "rotary_pct: 0.25", "no_weight_tying: true", "gpt_j_residual: true",
        "output_layer_parallelism: column", "attention_config: [[[flash], \(size.layers)]]",
        "scaled_upper_triang_masked_softmax_fusion: true", "bias_gelu_fusion: true",
      ])
  }

  private var initialization: Group? {
    guard size.namesInitialization else { return nil }
    return Group(
      "Initialization: of no effect once a checkpoint is loaded.",
      settings: ["init_method: small_init", "output_layer_init_method: wang_init"])
  }

  private var optimizer: Group {
    Group(
      "Optimizer, as published. Its state comes from the checkpoint.",
      settings: [
        "optimizer:", "  type: Adam", "  params:", "    lr: \(size.learningRate)", "    betas: [0.9, 0.95]",
        "    eps: 1.0e-8", "min_lr: \(size.minimumLearningRate)", "zero_optimization:", "  stage: \(size.zeroStage)",
        "  allgather_partitions: true", "  allgather_bucket_size: \(size.bucketSize)", "  overlap_comm: true",
        "  reduce_scatter: true", "  reduce_bucket_size: \(size.bucketSize)", "  contiguous_gradients: true",
        "  cpu_offload: false",
      ])
  }

  private var schedule: Group {
    Group(
      "Schedule: that of the whole run, so that the learning rate goes on where the checkpoint left it.",
      settings: [
        "train_iters: \(run.trainIterations)", "lr_decay_iters: \(run.trainIterations)", "lr_decay_style: cosine",
        "warmup: \(NeoXConfiguration.warmupShare)", "distributed_backend: nccl",
      ])
  }

  private var memory: Group {
    Group(
      "Activation checkpointing, as published: costs time, saves memory, changes no result.",
      settings: [
        "checkpoint_activations: \(size.checkpointsActivations)", "checkpoint_num_layers: 1",
        "partition_activations: \(size.checkpointsActivations)", "synchronize_each_layer: true",
      ])
  }

  private var regularization: Group {
    Group(
      "Regularization, as published.",
      settings: ["gradient_clipping: 1.0", "weight_decay: 0.1", "hidden_dropout: 0", "attention_dropout: 0"])
  }

  private var precision: Group {
    let settings = [
      "fp16:", "  fp16: true", "  enabled: true", "  loss_scale: 0", "  loss_scale_window: 1000",
      "  initial_scale_power: 12", "  hysteresis: 2", "  min_loss_scale: 1",
    ]
    guard size.name == "1b" else { return Group("Precision, as published.", settings: settings) }
    return Group(
      "Precision, as in the published config. The released 1b models were trained in bfloat16 all the same: to resume",
      "one of those, write `type: bfloat16` into fp16 (v1.0), or put `precision: bfloat16` in its place (main).",
      settings: settings)
  }

  private var checkpoints: Group {
    let early = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    let last = early.contains(run.endStep) || run.endStep == run.trainIterations ? [] : [run.endStep]
    return Group(
      "Checkpoints: the published steps, and the window's end.",
      settings: [
        "checkpoint_factor: \(run.checkpointEvery)",
        "extra_save_iters: [\((early + last).map(String.init).joined(separator: ", "))]",
      ])
  }

  private var evaluation: Group {
    Group(
      "Evaluation, as published: GPT-NeoX builds the index maps of valid and test itself, beside the data.",
      settings: ["eval_interval: \(size.evaluationInterval)", "eval_iters: 10"])
  }

  private var logging: Group {
    Group(
      "Log: on the terminal, and nowhere else.",
      settings: ["log_interval: 10", "steps_per_print: 10", "wall_clock_breakdown: true", "use_wandb: false"])
  }
}

/// Text inside YAML that nothing can break out of.
enum YAMLText {
  /// A double-quoted scalar in ASCII: GPT-NeoX opens configs in whatever encoding the machine's locale has.
  static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  /// A comment's text: one line, ASCII, whatever it was.
  static func comment(_ text: String) -> String {
    text.unicodeScalars.map { $0.value >= 0x20 && $0.value < 0x7F ? String($0) : "?" }.joined()
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x22: "\\\""
    case 0x5C: "\\\\"
    case 0x20..<0x7F: String(scalar)
    case 0..<0x1_0000: "\\u" + hexadecimal(scalar.value, digits: 4)
    default: "\\U" + hexadecimal(scalar.value, digits: 8)
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
