import ByteIO
import Foundation
import NeoXModel
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  /// The configuration as read after a change, or what reading says about it.
  private func read(_ change: (inout [String: Any]) -> Void) throws -> Result<Configuration, ModelFailure> {
    let model = RandomModel(seed: 1)
    let folder = TemporaryFolder()
    try model.write(folder)
    var configuration = model.configuration
    change(&configuration)
    try JSONSerialization.data(withJSONObject: configuration).write(to: URL(filePath: folder.file("config.json")))
    do {
      return .success(try Checkpoint(folder: folder.path).configuration)
    } catch let failure as ModelFailure {
      return .failure(failure)
    }
  }

  @Test func `the forms of transformers 4 and 5 say the same`() throws {
    let old = try read { _ in }.get()
    let new = try read {
      $0["rope_parameters"] = ["partial_rotary_factor": 0.5, "rope_theta": 10000.0, "rope_type": "default"]
      for key in ["rotary_pct", "rotary_emb_base"] { $0[key] = nil }
      $0["attention_bias"] = true
    }
    #expect(try new.get() == old)
    #expect(old.rotaryDimensions == 4)
    #expect(old.headSize == 8)
  }

  @Test func `another architecture is refused by name`() throws {
    let changes: [(String, Any, String)] = [
      ("model_type", "llama", "model_type is 'llama'"),
      ("architectures", ["GPTNeoXForQuestionAnswering"], "architectures"),
      ("hidden_act", "gelu_new", "hidden_act is 'gelu_new'"), ("attention_bias", false, "attention_bias"),
      ("rope_scaling", ["type": "linear", "factor": 2.0], "rope_scaling"),
      ("rope_parameters", ["rope_type": "yarn"], "rope_type is 'yarn'"),
      ("num_attention_heads", 5, "no multiple"), ("rotary_pct", 0.125, "rotary share"),
      ("rotary_pct", -1, "rotary share"),
      ("rotary_emb_base", 0, "rotary base"),
    ]
    for (key, value, words) in changes {
      guard case .failure(let failure) = try read({ $0[key] = value }) else {
        Issue.record("\(key) \(value) was read")
        continue
      }
      #expect(failure.code == .architecture)
      #expect(failure.reason.contains(words), "\(failure)")
      #expect(failure.path.hasSuffix("config.json"))
    }
  }

  @Test func `a number that is missing or absurd is named`() throws {
    for value in [nil, 0, -3, 1 << 40, "many"] as [Any?] {
      guard case .failure(let failure) = try read({ $0["hidden_size"] = value }) else {
        Issue.record("hidden_size was read")
        continue
      }
      #expect(failure.code == .format)
      #expect(failure.reason.contains("hidden_size"))
    }
  }
}
