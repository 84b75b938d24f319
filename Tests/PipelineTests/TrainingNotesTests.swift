import Pipeline
import Testing

@Suite struct TrainingNotesTests {
  private func notes(_ manifest: Manifest) throws -> String {
    TrainingNotes.text(manifest, example: try #require(PythiaSize.named("410m")))
  }

  @Test func theWindowsNumbersAreInTheCommands() throws {
    let text = try notes(.example)
    for part in [
      "global_step66500", "`step133000` is step 66500", "iteration 66500", "neox/410m-intervention.yml machine.yml",
      "neox/410m-control.yml machine.yml", "gradient_accumulation_steps: null", "iteration 66510:", "rsync -aS",
      "cp -r --sparse=always", "indexmap_147164160ns_2048sl_1234s_doc_idx.npy",
      "indexmap_147164160ns_2048sl_1234s_packedpi_ac_shuffle_idx.npy", "global_step71500",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(!text.contains("wandb"))
  }

  @Test func onlyRelabelledRunsAreExplainedAsSuch() throws {
    var manifest = Manifest.example
    manifest.trainer.resume.published = "step66500"
    #expect(try !notes(manifest).contains("relabelled"))
  }

  @Test func aRunWithoutControlHasOneArm() throws {
    var manifest = Manifest.example
    manifest.trainer.controlPrefix = nil
    #expect(try !notes(manifest).contains("410m-control"))
    #expect(manifest.neoxArms.map(\.name) == ["intervention"] && manifest.heldOutPrefix == "window_document")
    #expect(NeoXConfiguration.files(manifest, tokenizerFile: "t.json").count == PythiaSize.all.count)
  }

  @Test func everyConfigHasItsOwnFile() {
    let files = NeoXConfiguration.files(.example, tokenizerFile: "20B_tokenizer.json")
    #expect(Set(files.map(\.path)).count == 2 * PythiaSize.all.count)
    #expect(files.contains { $0.path == "neox/6.9b-control.yml" && $0.text.contains("checkpoints/6.9b-control") })
  }
}
