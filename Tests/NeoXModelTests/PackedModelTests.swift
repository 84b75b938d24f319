import TestSupport
import Testing

@testable import NeoXModel

@Suite struct PackedModelTests {
  @Test(arguments: Precision.available)
  func `the kernels that are planned are those that the packed weights run on`(precision: Precision) throws {
    for change in ScorerTests.shapes {
      let folder = TemporaryFolder()
      let path = try RandomModel(seed: 3, change).write(folder)
      let checkpoint = try Checkpoint(folder: path)
      let packed = try PackedModel(checkpoint, precision: precision, threads: 1)
      let linears =
        packed.layers.flatMap { [$0.queryKeyValue, $0.attentionOutput, $0.expansion, $0.contraction] } + [packed.head]
      let kernels = Set(linears.map { $0.tiles[0].main.product.kernel })
      #expect(
        try PackedModel.kernels(checkpoint.configuration, precision) == kernels.sorted().joined(separator: "+"))
    }
  }
}
