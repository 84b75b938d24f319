import Foundation

/// The same model, computed the slow and obvious way in double precision, one text at a time.
struct PlainModel {
  let model: RandomModel

  init(_ model: RandomModel) { self.model = model }

  /// Log-probabilities of every token behind each position.
  func logProbabilities(_ tokens: [Int32]) -> [[Double]] {
    var x = tokens.map { row("gpt_neox.embed_in.weight", Int($0)) }
    for layer in 0..<model.layers {
      let prefix = "gpt_neox.layers.\(layer)."
      let attended = attention(x.map { norm($0, prefix + "input_layernorm") }, prefix)
      let mixed = model.isParallel ? x : sum(x, attended)
      let inner = mixed.map { linear(norm($0, prefix + "post_attention_layernorm"), prefix + "mlp.dense_h_to_4h") }
      let outer = inner.map { linear($0.map(gelu), prefix + "mlp.dense_4h_to_h") }
      x = sum(sum(x, attended), outer)
    }
    return x.map { row in
      let last = norm(row, "gpt_neox.final_layer_norm")
      let logits = (0..<model.vocabulary).map { token in
        zip(last, self.row(model.isTied ? "gpt_neox.embed_in.weight" : "embed_out.weight", token)).reduce(0) {
          $0 + $1.0 * $1.1
        }
      }
      let total = log(logits.reduce(0) { $0 + exp($1) })
      return logits.map { $0 - total }
    }
  }

  private func attention(_ x: [[Double]], _ prefix: String) -> [[Double]] {
    let size = model.hidden / model.heads
    let all = x.map { linear($0, prefix + "attention.query_key_value") }
    let parts = all.enumerated().map { position, row in
      (0..<model.heads).map { head in
        let own = Array(row[head * 3 * size..<(head + 1) * 3 * size])
        return (
          q: rotate(Array(own[..<size]), position), k: rotate(Array(own[size..<2 * size]), position),
          v: Array(own[(2 * size)...])
        )
      }
    }
    return parts.indices.map { position in
      let heads = (0..<model.heads).flatMap { head in
        let past = parts[...position].map { $0[head] }
        let scores = past.map { exp(dot(parts[position][head].q, $0.k) / Double(size).squareRoot()) }
        let total = scores.reduce(0, +)
        return (0..<size).map { index in zip(past, scores).reduce(0) { $0 + $1.0.v[index] * $1.1 } / total }
      }
      return linear(heads, prefix + "attention.dense")
    }
  }

  private func rotate(_ x: [Double], _ position: Int) -> [Double] {
    let dimensions = Int(Double(x.count) * model.rotaryShare)
    let half = dimensions / 2
    var result = x
    for index in 0..<half {
      let angle = Double(position) * pow(10000, -Double(2 * index) / Double(dimensions))
      result[index] = x[index] * cos(angle) - x[half + index] * sin(angle)
      result[half + index] = x[half + index] * cos(angle) + x[index] * sin(angle)
    }
    return result
  }

  private func row(_ name: String, _ index: Int) -> [Double] {
    let tensor = model.tensors[name]!
    let width = tensor.shape[1]
    return tensor.values[index * width..<(index + 1) * width].map(Double.init)
  }

  private func vector(_ name: String) -> [Double] { model.tensors[name]!.values.map(Double.init) }

  private func linear(_ x: [Double], _ name: String) -> [Double] {
    vector(name + ".bias").enumerated().map { $1 + dot(x, row(name + ".weight", $0)) }
  }

  private func norm(_ x: [Double], _ name: String) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    return zip(x, zip(vector(name + ".weight"), vector(name + ".bias"))).map {
      ($0 - mean) / (variance + 1e-5).squareRoot() * $1.0 + $1.1
    }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
  private func sum(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] { zip(a, b).map { zip($0, $1).map(+) } }
  private func gelu(_ x: Double) -> Double { x * (1 + erf(x / 2.0.squareRoot())) / 2 }
}
