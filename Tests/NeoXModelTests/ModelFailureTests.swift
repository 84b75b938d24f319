import NeoXModel
import Testing

@Suite struct ModelFailureTests {
  @Test func `a message names the file, the place and the cause`() {
    let failure = ModelFailure(.length, "model.safetensors", at: 8, "the header is cut")
    #expect(failure.description == "model.safetensors, byte 8: the header is cut")
  }
}
