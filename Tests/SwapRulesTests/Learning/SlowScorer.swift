/// A learnt table read by strings and dictionaries: the slow obvious twin. It knows texts of ASCII words, stops and single
/// spaces only, so that it needs nothing of how the matcher reads a text.
struct SlowScorer {
  private var bias = 0
  private var weights: [String: Int] = [:]
  private var classes: [String: String] = [:]
  private var endings: [(ending: String, name: String)] = []

  init(_ file: String) {
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: "\t").map { String($0) }
      switch cells[0] {
      case "bias": bias = Self.thousandths(cells[1])
      case "class": for word in cells[2].split(separator: " ") { classes[String(word)] = cells[1] }
      case "ending": for end in cells[2].split(separator: " ") { endings.append((String(end), cells[1])) }
      default: weights[cells[1]] = Self.thousandths(cells[2])
      }
    }
  }

  private static func thousandths(_ text: String) -> Int {
    let parts = text.replacing("-", with: "").split(separator: ".")
    let decimals = parts.count > 1 ? parts[1] + String(repeating: "0", count: 3 - parts[1].count) : "000"
    return (text.hasPrefix("-") ? -1 : 1) * ((Int(parts[0]) ?? 0) * 1000 + (Int(decimals) ?? 0))
  }

  /// The margin at each `her` of a text, in thousandths.
  func margins(_ text: String) -> [Int] {
    var items: [String] = []
    for piece in text.split(separator: " ") {
      let word = piece.prefix { $0 != "." && $0 != "," && $0 != "?" }
      if !word.isEmpty { items.append(String(word)) }
      items += piece.dropFirst(word.count).map { String($0) }
    }
    return items.indices.filter { items[$0] == "her" }.map { margin(items, $0) }
  }

  private func margin(_ items: [String], _ place: Int) -> Int {
    var sides: [String: String] = [:]
    for (name, offset) in ["prev3": -3, "prev2": -2, "prev": -1, "next": 1, "next2": 2, "next3": 3] {
      let item = items.indices.contains(place + offset) ? items[place + offset] : nil
      sides[name + ".class"] = wordClass(item)
      sides[name + ".word"] = item?.lowercased()
      sides[name + ".ending"] = item.flatMap { $0.count >= 3 ? String($0.lowercased().suffix(3)) : nil }
    }
    return weights.reduce(bias) { sum, row in
      let halves = row.key.split(separator: "=", maxSplits: 1)
      let parts = halves[0].split(separator: "+").map { sides[String($0)] }
      return parts == halves[1].split(separator: " ").map { String($0) } ? sum + row.value : sum
    }
  }

  private func wordClass(_ item: String?) -> String {
    guard let item else { return "end" }
    if [".", ",", "?"].contains(item) { return "stop" }
    if let name = classes[item.lowercased()] { return name }
    if item.first?.isNumber == true { return "number" }
    if item.first?.isUppercase == true { return "capital" }
    let fitting = endings.filter { item.count >= $0.ending.count + 2 && item.lowercased().hasSuffix($0.ending) }
    return fitting.max { $0.ending.count < $1.ending.count }?.name ?? "other"
  }
}
