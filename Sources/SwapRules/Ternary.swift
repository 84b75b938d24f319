/// Kleene's three values: what can be said without knowing what lies beyond an edge.
enum Ternary {
  case no, unknown, yes

  init(_ value: Bool) { self = value ? .yes : .no }

  static prefix func ! (value: Ternary) -> Ternary {
    switch value {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }

  /// Both; the right side is asked only if it can matter.
  static func && (left: Ternary, right: @autoclosure () -> Ternary) -> Ternary {
    if left == .no { return .no }
    let right = right()
    return left == .unknown && right == .yes ? .unknown : right
  }

  /// Either; the right side is asked only if it can matter.
  static func || (left: Ternary, right: @autoclosure () -> Ternary) -> Ternary {
    if left == .yes { return .yes }
    let right = right()
    return left == .unknown && right == .no ? .unknown : right
  }
}
