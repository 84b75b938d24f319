import TokenDataset

/// The subsets of a base, numbered over all its data sets.
struct SubsetNumbers: Sendable {
  /// By number. One number more is for documents whose subset is not known.
  let names: [String]
  /// By data set: its sidecar, and for each subset that this names the number; nil without a sidecar.
  private let datasets: [(origin: Origin, numbers: [Int])?]

  /// Numbers, the one for documents of no known subset included.
  var count: Int { names.count + 1 }

  /// Nil where no data set has a sidecar.
  init?(_ origins: [Origin?]) {
    guard origins.contains(where: { $0 != nil }) else { return nil }
    var names: [String] = []
    var known: [String: Int] = [:]
    datasets = origins.map { origin in
      origin.map { origin in
        let numbers = origin.record.subsets.map { name in
          if let number = known[name] { return number }
          known[name] = names.count
          names.append(name)
          return names.count - 1
        }
        return (origin, numbers)
      }
    }
    self.names = names
  }

  /// The number of an item's subset. A read of two mapped bytes.
  func number(ofItem item: Int, dataset: Int) -> Int {
    guard let (origin, numbers) = datasets[dataset], let subset = origin.subset(ofItem: item) else {
      return names.count
    }
    return numbers[subset]
  }

  /// The name of an item's subset; nil where it is not known.
  func name(ofItem item: Int, dataset: Int) -> String? {
    let number = number(ofItem: item, dataset: dataset)
    return number < names.count ? names[number] : nil
  }
}

extension WindowPlan {
  /// The subsets that the base's sidecars name. A sidecar of other data is passed over: only `filter` needs one.
  var subsetNumbers: SubsetNumbers? {
    SubsetNumbers(zip(origins, datasets).map { origin, dataset in origin?.count == dataset.itemCount ? origin : nil })
  }
}
