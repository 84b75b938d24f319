import ByteIO
import TokenDataset

/// Whether an index-map file is what it should be. Nothing else validates these files: GPT-NeoX maps them as they are.
///
/// Alone: type, shape, that doc_idx and shuffle_idx are permutations, that sample_idx never goes back. With the data set:
/// that documents and offsets exist. With the order's numbers: that the file equals what would be built, element for element.
public struct IndexMapCheck: Sendable {
  /// Nothing is wrong if it is empty. The first says most.
  public private(set) var faults: [String] = []
  /// What was found to be right.
  public private(set) var findings: [String] = []
  public var isSound: Bool { faults.isEmpty }
  public let path: String
  public let kind: IndexMapKind
  private let dataset: TokenDataset?

  /// Reads the file once, and with `plan` builds the order (half a minute and 3 GB for a Pile). Only I/O errors are
  /// thrown: what is wrong with the file is in ``faults``.
  public init(
    _ path: String, kind: IndexMapKind, dataset: TokenDataset? = nil, plan: IndexMapPlan? = nil,
    naming: IndexMapNaming = .current
  ) throws {
    (self.path, self.kind, self.dataset) = (path, kind, dataset)
    do {
      let file = try NPYFile(path, access: .sequential)
      try check(file, IndexArray(file, kind.elements, columns: kind == .samples ? 2 : nil), plan, naming)
    } catch let failure as DatasetFailure {
      fault(try Self.cut(path) ?? failure.description)
    } catch let failure as OrderFailure {
      fault(failure.reason)
    }
  }

  private mutating func check(
    _ file: NPYFile, _ array: IndexArray, _ plan: IndexMapPlan?, _ naming: IndexMapNaming
  ) throws {
    checkZeros(file)
    switch kind {
    case .shuffle: checkShuffle(array)
    case .documents: checkDocuments(array, plan)
    case .samples:
      checkSamples(array)
      if isSound { try checkRows(array) }
    }
    if let dataset, let plan { try compare(array, IndexMapBuilder(plan, dataset), naming) }
  }

  private mutating func fault(_ text: String) { if faults.count < 20 { faults.append(text) } }

  /// A file whose data are shorter or longer than its head says.
  private static func cut(_ path: String) throws -> String? {
    let size = try FileSystem.size(of: path)
    guard size > 0 else { return "it is empty" }
    let file = try MappedFile(path, access: .sequential)
    let zeros = ZeroFill(file)
    if zeros.longest.lowerBound == 0 && zeros.isSuspicious {
      return "it begins with zeros, where an array file has its head: the copy was not filled. Copy it again."
    }
    guard let expected = try? withExtendedLifetime(file, { try NPYFile.expectedSize(file.bytes, path) }) else {
      return nil
    }
    return size < expected
      ? "it is cut: its head asks for \(expected) bytes, it has \(size). Copy it again."
      : "\(size - expected) bytes follow the array, whose head asks for \(expected)"
  }

  private mutating func checkZeros(_ file: NPYFile) {
    let zeros = ZeroFill(file.bytes, offset: file.dataOffset)
    guard zeros.isSuspicious else { return }
    fault(
      "\(zeros.description): a copy that was not filled. Copy it again, or build it with `tiresias order build`. "
        + "(The maps of a written window are zeros outside it, and `tiresias verify` checks those.)")
  }

  private mutating func checkShuffle(_ array: IndexArray) {
    var seen = BitSet(count: array.count)
    for place in 0..<array.count {
      let row = array[place]
      guard row >= 0, row < array.count else {
        return fault("place \(place) is \(row), beyond the \(array.count) samples: no permutation")
      }
      guard !seen.contains(row) else { return fault("place \(place) is \(row) for the second time: no permutation") }
      seen.insert(row)
    }
    findings.append("a permutation of 0..<\(array.count)")
  }

  /// Every document as often as every other.
  private mutating func checkDocuments(_ array: IndexArray, _ plan: IndexMapPlan?) {
    let limit = dataset?.itemCount ?? array.count
    var counts = [Int32](repeating: 0, count: limit)
    for place in 0..<array.count {
      let item = array[place]
      guard item >= 0, item < limit else {
        return fault("place \(place) names document \(item) of \(limit)")
      }
      counts[item] += 1
    }
    guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
      return fault("it has no documents")
    }
    let documents = plan?.documents ?? first..<last + 1
    let epochs = plan.map(\.epochs) ?? Int(counts[first])
    if let odd = documents.first(where: { Int(counts[$0]) != epochs }) {
      return fault("document \(odd) is there \(counts[odd]) times, not \(epochs) times as it should: no permutation")
    }
    if let dataset, plan == nil, documents != 0..<dataset.itemCount {
      findings.append("documents \(documents) of \(dataset.itemCount): a part of a split")
    }
    findings.append("\(epochs == 1 ? "once" : "\(epochs) times") every document of \(documents)")
  }

  private mutating func checkSamples(_ array: IndexArray) {
    guard array.count >= 2 else { return fault("it has no rows") }
    if array[0] != 0 || array[1] != 0 { fault("row 0 is (\(array[0]), \(array[1])), not (0, 0)") }
    for row in 1..<max(1, array.count / 2) {
      let (last, lastOffset) = (array[2 * row - 2], array[2 * row - 1])
      let (position, offset) = (array[2 * row], array[2 * row + 1])
      guard offset >= 0, position > last || (position == last && offset > lastOffset) else {
        return fault("row \(row) is (\(position), \(offset)) after (\(last), \(lastOffset)): samples never go back")
      }
    }
    findings.append("\(array.count / 2) rows that never go back")
  }

  /// Rows against the documents: needs the data set, and the doc_idx that lies beside the file.
  private mutating func checkRows(_ array: IndexArray) throws {
    guard let dataset, let sibling = IndexMapFileName.sibling(of: path, .documents), FileSystem.exists(sibling),
      let documents = try? IndexArray(sibling, IndexMapKind.documents.elements, columns: nil)
    else { return }
    for row in 0..<array.count / 2 {
      let (position, offset) = (array[2 * row], array[2 * row + 1])
      guard position < documents.count, case let item = documents[position], item >= 0, item < dataset.itemCount else {
        return fault("row \(row) names document position \(position), which \(sibling) and the data do not have")
      }
      let size = dataset.size(of: item)
      // Row 0 may lie in an empty document, which is then passed over.
      guard offset < size || (row == 0 && offset == 0) else {
        return fault("row \(row) has offset \(offset) in document \(item), which has \(size) tokens")
      }
    }
    findings.append("every offset lies in its document")
  }

  private mutating func compare(_ array: IndexArray, _ builder: IndexMapBuilder, _ naming: IndexMapNaming) throws {
    let plan = builder.plan
    let (element, count) =
      switch kind {
      case .documents: (NPYElement.int32, plan.documentEntryCount)
      case .samples: (plan.sampleElement(naming), 2 * (plan.sampleCount + 1))
      case .shuffle: (plan.shuffleElement, plan.sampleCount)
      }
    if array.element != element { fault("its type is \(array.element.description), not \(element.description)") }
    if array.count != count { fault("it has \(array.count) numbers where \(count) would be built") }
    let documents = try builder.documentOrder()
    var comparison = ArrayComparison(array)
    switch kind {
    case .documents: comparison.take(UnsafeBufferPointer(documents.elements))
    case .samples: try builder.forEachRows(Int64.self, documents) { comparison.take($0) }
    case .shuffle:
      let order = try builder.shuffledSamples()
      for place in 0..<order.count where comparison.difference == nil { comparison.take(order[place]) }
    }
    if let (place, expected) = comparison.difference {
      let name = kind == .samples ? "row \(place / 2), column \(place % 2)," : "place \(place)"
      fault("the first difference: \(name) is \(array[place]), and would be built as \(expected)")
    } else if array.element == element && array.count == count {
      findings.append("equal to what GPT-NeoX builds for \(plan.epochs == 1 ? "one epoch" : "\(plan.epochs) epochs")")
    }
  }
}

/// Finds where an array first differs from numbers that come one after the other.
private struct ArrayComparison {
  private let array: IndexArray
  private var place = 0
  private(set) var difference: (place: Int, expected: Int)?

  init(_ array: IndexArray) { self.array = array }

  mutating func take(_ values: UnsafeBufferPointer<some FixedWidthInteger>) {
    for value in values where difference == nil { take(Int(truncatingIfNeeded: value)) }
  }

  @inline(__always)
  mutating func take(_ value: Int) {
    if place < array.count && array[place] != value { difference = (place, value) }
    place += 1
  }
}
