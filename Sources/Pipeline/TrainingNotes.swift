import Glibc
import Pages

/// `TRAINING.md`: how to resume GPT-NeoX on a window, in the window's own numbers.
///
/// What it says of GPT-NeoX was read in tag v1.0 and in main of May 2026.
public enum TrainingNotes {
  /// The text; the same for the same manifest. `example` is the size that commands are written out for.
  public static func text(_ manifest: Manifest, example: PythiaSize) -> String {
    let notes = Notes(manifest: manifest, size: example)
    return [
      notes.head, notes.checkpoint, notes.weights, notes.machine, notes.start, notes.log, notes.outside, notes.scoring,
      notes.copying,
    ].joined(separator: "\n")
  }
}

private struct Notes {
  let manifest: Manifest
  let size: PythiaSize

  var run: NeoXConfiguration.Run { manifest.neoxRun }
  var step: String { "global_step\(run.firstStep)" }
  var folder: String { NeoXConfiguration.loadFolder(size) }

  var head: String {
    """
    # Training on \(Markdown.text(manifest.name))

    This folder holds what GPT-NeoX reads in steps \(run.firstStep) to \(run.endStep - 1) of a run of \
    \(run.trainIterations) steps: \(run.batchSize) sequences of \(run.sequenceLength) tokens a step, \
    \(Figures.number(manifest.window.samples)) sequences in all. `neox/SIZE-ARM.yml` are complete configs for tag \
    v1.0 of GPT-NeoX and for main. The arms (\(arms)) differ in their training data and nothing else; run them on the \
    same machines, from the same checkpoint.

    """
  }

  private var arms: String {
    manifest.neoxArms.map { Markdown.code($0.name) }.joined(separator: " and ")
  }

  var checkpoint: String {
    """
    ## 1. The checkpoint to start from

    It must be a GPT-NeoX checkpoint of step \(run.firstStep), with the optimizer's state. For \(size.name):

    ```
    \(folder)/latest                     one line: \(step)
    \(folder)/\(step)/
      mp_rank_*_model_states.pt          iteration, learning-rate schedule, random state
      layer_*-model_*-model_states.pt    weights (with pipe_parallel_size 0: in the files above)
      zero_pp_rank_*_optim_states.pt     Adam's moments and the fp32 weights (with ZeRO stage 0: in the files above)
    ```

    - Main reads `iteration` in the config, v1.0 the file `latest`: `echo \(step) > \(folder)/latest`.
    - Both then believe the checkpoint. This must print \(run.firstStep) (a .pt file can run code: only from people you \
    trust; PyTorch before 1.13 has no `weights_only`):

      ```
      python -c 'import torch; print(torch.load("\(folder)/\(step)/mp_rank_00_model_states.pt", map_location="cpu", weights_only=False)["iteration"])'
      ```
    - DeepSpeed wants as many data-parallel ranks as wrote the `zero_pp_rank_*` files: GPUs / model_parallel_size = their \
    number per model-parallel rank.
    - Where the run is one of Pythia's: EleutherAI publishes such checkpoints as `EleutherAI/neox-ckpt-pythia-…` on the \
    Hugging Face Hub, one branch a step, this one under \(Markdown.code(run.published)); the largest models have only \
    some steps there. `EleutherAI/pythia-…` holds weights without the optimizer's state.
    \(relabelling)
    """
  }

  /// Where the publisher's label and the run's own step differ.
  private var relabelling: String {
    guard run.published != "step\(run.firstStep)" else { return "" }
    return """
      - The label is not the step: \(Markdown.code(run.published)) is step \(run.firstStep) of this run, because v0 \
      models with batches of 4M tokens were relabelled to match the others. The folder is called `\(step)` all the same.

      """
  }

  var weights: String {
    let revision = run.published.hasPrefix("step") ? String(run.published.dropFirst(4)) : run.published
    let control = manifest.neoxArms[manifest.neoxArms.count - 1]
    return """
      ## If you only have Hugging Face weights

      Main can convert them, v1.0 cannot (MODEL: its name under `EleutherAI/`; `machine.yml`: below):

      ```
      OMPI_COMM_WORLD_RANK=0 CUDA_VISIBLE_DEVICES=0 python $NEOX/tools/ckpts/convert_hf_to_sequential.py \\
        --hf-model-name MODEL --revision \(revision) --cache-dir hf-cache \\
        --output-dir converted/\(size.name)/global_step0 --config neox/\(NeoXConfiguration.fileName(size, control)) machine.yml
      ```

      What comes out has the weights, and that is all a Hugging Face checkpoint has: Adam's moments, the schedule's position, \
      the loss scale and the random state are lost, the iteration is 0, and the optimizer files beside it are those of a \
      fresh model. GPT-NeoX can load it with `finetune: true` only, which starts at iteration 0, outside this window. So it \
      serves to score a model, not to continue one; or train to step \(run.firstStep) first.

      """
  }

  var machine: String {
    """
    ## 2. Your machine

    What differs between machines goes into a file of your own, `machine.yml`:

    ```yaml
    gradient_accumulation_steps: null   # worked out from batch, micro batch and GPUs; without this line it is 1
    # Several machines: hostfile: FILE. Under Slurm: launcher: slurm, and deepspeed_slurm: true.
    ```

    The batch stays \(run.batchSize) whatever the number of GPUs; where micro batch · accumulation · GPUs / \
    model_parallel_size cannot give it, GPT-NeoX stops with a message about batch or accumulation. For less memory make \
    `train_micro_batch_size_per_gpu` smaller. Published layouts, and the learning rate to expect at the start:

    \(sizes)
    **The learning rate depends on the release.** v1.0, by which Pythia was trained, and main have different cosines for the \
    same config, and a checkpoint does not say which it was: only v1.0 goes on at the rate at which a published model would \
    have gone on. Run both arms on one release, and say which.

    """
  }

  private var sizes: String {
    Markdown.table(
      [
        .left("size"), .right("micro batch"), .right("GPUs"), .right("model parallel"),
        .right("rate at start, v1.0"), .right("main"),
      ],
      PythiaSize.all.map { size in
        let rates = NeoXConfiguration.Release.allCases.map {
          scientific(NeoXConfiguration.learningRate(size, run, at: run.firstStep + 1, release: $0))
        }
        return [
          size.name, "\(NeoXConfiguration.microBatchSize(size, run))", "\(size.gpus)", "\(size.modelParallelSize)",
        ] + rates
      })
  }

  var start: String {
    let commands = manifest.neoxArms.map { arm in
      "python $NEOX/deepy.py $NEOX/train.py neox/\(NeoXConfiguration.fileName(size, arm)) machine.yml\n"
    }
    return """
      ## 3. Start, from this folder

      ```
      cp /where/it/is/\(manifest.tokenizer.name) .     # or change vocab_file
      \(commands.joined())```

      Each arm saves to its own folder (`\(NeoXConfiguration.loadFolder(size))-ARM`). To continue an interrupted one, set \
      `load` to that folder and `iteration` to the last step in it.

      """
  }

  var log: String {
    let prefix = manifest.trainer.indexMapPrefix
    return """
      ## 4. What the log must show

      - `Loading checkpoint and starting from iteration \(run.firstStep)`. If it says 0, no checkpoint was found.
      - `> loading doc-idx mapping from` \(Markdown.code(prefix + "…_doc_idx.npy")), and before it no \
      `could not find index map files` for `train_0` (for `valid_0` and `test_0` there is one: GPT-NeoX builds those \
      itself, so it must be able to write here).
      - `setting training data start iteration to \(run.firstStep)`, times the accumulation steps.
      - The first line of losses is iteration \((run.firstStep / 10 + 1) * 10): a loss like that of the run before, a learning rate \
      like that in the table. A rate that rises is a schedule that was not restored.

      """
  }

  var outside: String {
    """
    ## 5. Index maps, and steps outside the window

    The maps say which item is read at which step. They are loaded as they are if all three exist under the name that \
    GPT-NeoX derives from prefix, samples, length and seed:

    \(mapNames)
    If one is missing, **GPT-NeoX builds all three again, shuffled, and trains on the wrong order without an error**. So it \
    does when the batch, the number of iterations, the length or the seed in the config is changed. Steps outside the \
    window lead to a document that does not exist: an IndexError or RecursionError there is meant, and says that the run \
    did not start at \(run.firstStep) or did not stop at \(run.endStep).

    """
  }

  private var mapNames: String {
    Markdown.table(
      [.left("GPT-NeoX"), .left("file")],
      manifest.trainer.namings.flatMap { naming in
        ["doc", "sample", "shuffle"].map { map in
          [
            naming == .v1 ? "to August 2024" : "since",
            Markdown.code("\(manifest.trainer.indexMapPrefix)\(naming.infix)_\(map)_idx.npy"),
          ]
        }
      })
  }

  var scoring: String {
    let arm = manifest.neoxArms[0]
    let folder = NeoXConfiguration.saveFolder(size, arm)
    return """
      ## 6. To Hugging Face's format

      ```
      python $NEOX/tools/ckpts/convert_neox_to_hf.py --input_dir \(folder)/global_step\(run.endStep) \\
        --config_file neox/\(NeoXConfiguration.fileName(size, arm)) --output_dir hf/\(size.name)-\(arm.name)
      ```

      In v1.0 it is `tools/convert_to_hf.py`. The manifest lists the checkpoints to score, with their published labels.

      """
  }

  var copying: String {
    """
    ## 7. Copying this folder

    The maps are almost all zeros and stored sparse. Copy them so, or they grow:

    ```
    rsync -aS FOLDER/ host:FOLDER/
    cp -r --sparse=always FOLDER COPY
    ```

    Or leave them out (`--exclude '*_idx.npy'`) and build them where they are needed: `tiresias order replay manifest.json`. \
    Afterwards, `tiresias verify manifest.json` checks every file's size and hash.
    """
      + "\n"
  }

  /// Three digits: `2.22e-05`.
  private func scientific(_ value: Double) -> String {
    guard value.isNormal, value > 0 else { return "0" }
    var exponent = Int(floor(log10(value)))
    var digits = Int((value / pow(10, Double(exponent)) * 100).rounded())
    if digits == 1000 { (digits, exponent) = (100, exponent + 1) }
    let fraction = digits % 100
    let power = "\(exponent < 0 ? "-" : "+")\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
    return "\(digits / 100).\(fraction < 10 ? "0" : "")\(fraction)e\(power)"
  }
}
