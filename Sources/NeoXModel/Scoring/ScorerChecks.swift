/// What a request must be to be scored.
extension Scorer {
  func check(_ request: ScoringRequest, _ index: Int) throws {
    let name = "request \(index)"
    guard request.scoredFrom >= 1, request.scoredFrom <= request.tokens.count else {
      throw ModelFailure(
        .request, name,
        "scored from token \(request.scoredFrom) of \(request.tokens.count); the first token has no context to be scored in"
      )
    }
    try check(request.tokens, name)
    try checkLength(request.tokens.count - 1, name)
  }

  func checkContext(_ tokens: [Int32], _ name: String) throws {
    if tokens.isEmpty { throw ModelFailure(.request, name, "there is no token; begin with the end-of-text token") }
    try check(tokens, name)
    try checkLength(tokens.count, name)
  }

  func check(_ tokens: [Int32], _ name: String) throws {
    let size = checkpoint.configuration.vocabularySize
    guard let bad = tokens.first(where: { $0 < 0 || Int($0) >= size }) else { return }
    throw ModelFailure(.request, name, "token \(bad) is outside the model's vocabulary of \(size)")
  }

  func checkLength(_ positions: Int, _ name: String) throws {
    let limit = checkpoint.configuration.maximumPositions
    guard positions > limit else { return }
    throw ModelFailure(.request, name, "\(positions) tokens are more than the model's \(limit) positions; shorten it")
  }
}
