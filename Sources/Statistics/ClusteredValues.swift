/// Values of items that belong together in clusters: sentences of one pair, templates of one sentence. Clusters are drawn
/// or flipped as a whole; the mean is over items.
public struct ClusteredValues: Sendable {
  /// One a cluster, in the order of their first item.
  let sums: [Double]
  let counts: [Double]

  /// `clusters[i]` names item i's cluster; without it each item stands alone. Values must be finite.
  public init(_ values: [Double], clusters: [Int]? = nil) {
    guard let clusters else {
      sums = values
      counts = [Double](repeating: 1, count: values.count)
      return
    }
    precondition(clusters.count == values.count, "every item has a cluster")
    var places: [Int: Int] = [:]
    var (sums, counts) = ([Double](), [Double]())
    for (value, cluster) in zip(values, clusters) {
      let place = places[cluster] ?? sums.count
      if place == sums.count {
        places[cluster] = place
        sums.append(0)
        counts.append(0)
      }
      sums[place] += value
      counts[place] += 1
    }
    (self.sums, self.counts) = (sums, counts)
  }

  /// Second minus first, item by item.
  public init(from first: [Double], to second: [Double], clusters: [Int]? = nil) {
    precondition(first.count == second.count, "paired arms have the same items")
    self.init(zip(first, second).map { $1 - $0 }, clusters: clusters)
  }

  public var clusterCount: Int { sums.count }
  public var itemCount: Int { Int(counts.reduce(0, +)) }

  /// Over all items; NaN without any.
  public var mean: Double { sums.reduce(0, +) / counts.reduce(0, +) }
}
