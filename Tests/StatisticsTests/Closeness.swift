/// True where two numbers agree to a relative error, or to as much in absolute terms near 0.
func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-10) -> Bool {
  a == b || abs(a - b) <= tolerance * max(abs(a), abs(b)) || abs(a - b) < 1e-300
}
