extension SamplePile {
  /// Draws numbers below a count without repetition until all have been drawn, then begins again in another order.
  struct Bag {
    var left = 0
    private var place = 0
    private var stride = 1

    mutating func draw(_ count: Int, _ random: inout Random) -> Int {
      if left == 0 { refill(count, &random) }
      left -= 1
      place += stride
      if place >= count { place -= count }
      return place
    }

    /// Steps of a stride without a divisor in common with the count visit every place.
    private mutating func refill(_ count: Int, _ random: inout Random) {
      left = count
      place = random.below(count)
      stride = 1 + random.below(count - 1)
      while Bag.divisor(stride, count) != 1 { stride = stride % (count - 1) + 1 }
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
  }
}
