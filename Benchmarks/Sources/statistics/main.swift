// Answers questions to the room Statistics, for checks against other people's code:
//
//   swift run -c release --package-path Benchmarks statistics < QUESTIONS
//
// A question is a line, a name and numbers; its answer is a line of numbers:
//
//   mcnemar B C               p, exact below 25 discordant items
//   holm P…                   adjusted p
//   wilson K N                lower, upper
//   proportions K N K N       z, p, lower, upper of second minus first
//   mean X…                   mean, standard error
//   student X…                p of Student's test against 0
//   signflip X…               p of the sign-flip test, 10,000 draws at most
//   bootstrap X…              mean, standard error, lower, upper
//   clusters N X…             the same, N values in a row being a cluster
//   detectable N D P          paired at discordance D, unpaired at proportion P
import Statistics

func answer(_ name: Substring, _ x: [Double]) -> [Double]? {
  func count(_ index: Int) -> Int { Int(x[index]) }
  switch (name, x.count) {
  case ("mcnemar", 2):
    return [McNemarTest(PairedCounts(both: 0, onlyFirst: count(0), onlySecond: count(1), neither: 0)).pValue]
  case ("holm", _): return Holm.adjusted(x)
  case ("wilson", 2): return ends(Proportion(count(0), of: count(1)).wilson())
  case ("proportions", 4):
    let (first, second) = (Proportion(count(0), of: count(1)), Proportion(count(2), of: count(3)))
    let difference = ProportionDifference(from: first, to: second)
    return [difference.z, difference.pValue] + ends(difference.interval())
  case ("mean", _):
    let estimate = Estimate(meanOf: x)
    return [estimate.value, estimate.standardError]
  case ("student", _): return [MeanTest.student(ClusteredValues(x))]
  case ("signflip", _): return [MeanTest.signFlip(ClusteredValues(x))]
  case ("bootstrap", _): return interval(ClusteredValues(x))
  case ("clusters", 2...):
    let values = Array(x.dropFirst())
    return interval(ClusteredValues(values, clusters: values.indices.map { $0 / max(1, count(0)) }))
  case ("detectable", 3):
    let detectable = DetectableDifference()
    return [
      detectable.paired(count: count(0), discordance: x[1]) ?? .nan,
      detectable.unpaired(count: count(0), proportion: x[2]) ?? .nan,
    ]
  default: return nil
  }
}

func ends(_ interval: Interval) -> [Double] { [interval.lower, interval.upper] }

func interval(_ values: ClusteredValues) -> [Double] {
  let result = Bootstrap().mean(of: values)
  return [result.mean, result.standardError] + ends(result.interval)
}

while let line = readLine() {
  let words = line.split(separator: " ")
  let numbers = words.dropFirst().compactMap { Double($0) }
  guard let name = words.first, let found = answer(name, numbers) else {
    print("unknown question")
    continue
  }
  print(found.map(\.description).joined(separator: " "))
}
