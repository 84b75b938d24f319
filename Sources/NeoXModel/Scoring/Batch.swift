/// Positions that go through the model together. Each knows the rows of its past, so that texts can share beginnings.
struct Batch: Sendable {
  var tokens: [Int32] = []
  /// How many tokens stand before each one in its text.
  var positions: [Int32] = []
  /// Where in `paths` each one's past begins; it has `positions[i] + 1` rows, the last of which is its own.
  var pathStarts: [Int32] = []
  /// Rows of keys and values, by position.
  var paths: [Int32] = []
  /// The row of keys and values that the first token writes; the others follow.
  var firstRow = 0

  var count: Int { tokens.count }
}

/// What is asked of a batch's rows: the most probable next token, and the logits of some.
struct Questions: Sendable {
  struct Target: Sendable {
    var token: Int32
    /// Where the answer belongs; the asker's own number.
    var slot: Int
  }

  /// Indices into the batch.
  var rows: [Int32] = []
  /// The targets of row i are `targets[starts[i]..<starts[i + 1]]`, by token.
  var starts: [Int] = [0]
  var targets: [Target] = []

  /// Rows must come in ascending order, tokens of one row too.
  mutating func ask(row: Int32, _ target: Target? = nil) {
    if rows.last != row {
      rows.append(row)
      starts.append(targets.count)
    }
    guard let target else { return }
    targets.append(target)
    starts[starts.count - 1] = targets.count
  }
}

/// Keys and values of positions: for each layer and head one row a position, its key and its value after each other.
final class KeyValueStore {
  private let memory: AlignedMemory<Float>
  private let layerStride: Int
  private let headStride: Int

  /// With `keepsLayers` every layer has its own rows, and a later batch can continue an earlier one. Without it all share
  /// them, since a batch goes through one layer at a time.
  init(rows: Int, _ configuration: Configuration, keepsLayers: Bool) {
    headStride = rows * 2 * configuration.headSize
    let size = headStride * configuration.headCount
    layerStride = keepsLayers ? size : 0
    memory = AlignedMemory(count: keepsLayers ? size * configuration.layerCount : size)
  }

  func rows(layer: Int, head: Int) -> UnsafeMutablePointer<Float> {
    memory.pointer + layer * layerStride + head * headStride
  }
}
