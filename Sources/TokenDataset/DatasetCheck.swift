import ByteIO

/// What a thorough reading of a data set found.
///
/// Faults make tokens unreadable or contradict the format; notes are legal but unusual, and worth knowing.
public struct DatasetCheck: Sendable {
  public private(set) var faults: [DatasetFailure] = []
  public private(set) var notes: [String] = []
  /// How many faults there are; ``faults`` keeps the first 20.
  public private(set) var faultCount = 0
  public var isSound: Bool { faultCount == 0 }

  /// Reads the whole `.idx` (not the tokens) and compares sizes, pointers, document marks and file lengths with one
  /// another. Files that cannot be opened as a data set at all are a fault too; only I/O errors are thrown.
  public init(prefix: String) throws {
    do {
      try check(TokenDataset(prefix: prefix, access: .random, indexAccess: .sequential))
    } catch let failure as DatasetFailure {
      add(failure)
    }
  }

  private mutating func check(_ dataset: TokenDataset) throws {
    try checkItems(dataset)
    checkDocumentMarks(dataset)
    checkShards(dataset)
  }

  private mutating func add(_ fault: DatasetFailure) {
    if faults.count < 20 { faults.append(fault) }
    faultCount += 1
  }

  private mutating func checkItems(_ dataset: TokenDataset) throws {
    let index = dataset.index
    let width = dataset.tokenType.byteCount
    var expected = 0
    var (displaced, misaligned, empty, huge, end) = (0, 0, 0, 0, 0)
    for item in 0..<dataset.itemCount {
      let size = index.size(item)
      let start = index.pointer(item)
      displaced += start == expected ? 0 : 1
      misaligned += start % width == 0 ? 0 : 1
      empty += size == 0 ? 1 : 0
      huge += size >= 1 << 30 ? 1 : 0
      guard let place = try? dataset.place(of: item) else {
        add(dataset.beyondData(item, start, size * width))
        continue
      }
      end = max(end, place.upperBound)
      expected = place.upperBound
    }
    note(displaced, "items do not start where the one before ends (legal: items may share or skip tokens)")
    note(misaligned, "items do not start at a multiple of the token size")
    note(empty, "items are empty (legal, never read)")
    note(huge, "items have 2^30 tokens or more: GPT-NeoX's 32-bit offsets are near their end")
    if isSound && end < dataset.byteCount { addTrailing(dataset, end) }
  }

  private mutating func note(_ count: Int, _ text: String) {
    if count > 0 { notes.append("\(count) \(text)") }
  }

  private mutating func addTrailing(_ dataset: TokenDataset, _ end: Int) {
    let file = dataset.data.file(at: end)
    add(
      DatasetFailure(
        .length, dataset.files.data[file], at: end - dataset.data.starts[file],
        "\(dataset.byteCount - end) bytes follow the last item's end: "
          + "the .bin has \(dataset.byteCount) bytes, its .idx names \(end)"))
  }

  /// doc_idx goes from 0 to N and never back.
  private mutating func checkDocumentMarks(_ dataset: TokenDataset) {
    let index = dataset.index
    var last = 0
    for number in 0..<index.documentMarkCount {
      let mark = index.documentMark(number)
      if mark < last || mark > dataset.itemCount || (number == 0 && mark != 0) {
        add(
          DatasetFailure(
            .length, index.path, at: index.documentMarkOffset(number),
            "document mark \(number) is \(mark); marks go from 0 up to \(dataset.itemCount), the number of items"))
        return
      }
      last = mark
    }
    if last != dataset.itemCount || index.documentMarkCount == 0 {
      add(
        DatasetFailure(
          .length, index.path, at: index.documentMarkOffset(max(0, index.documentMarkCount - 1)),
          "the document marks end at \(last), but there are \(dataset.itemCount) items"))
    } else if index.documentMarkCount != dataset.itemCount + 1 {
      notes.append(
        "\(index.documentMarkCount - 1) documents group \(dataset.itemCount) items; GPT-NeoX trains on items")
    }
  }

  private mutating func checkShards(_ dataset: TokenDataset) {
    let sizes = dataset.data.files.map(\.bytes.count)
    guard sizes.count > 1 else { return }
    if sizes.dropLast().contains(where: { $0 != sizes[0] }) || sizes[sizes.count - 1] > sizes[0] {
      notes.append("the shards have different sizes: \(sizes.min() ?? 0) to \(sizes.max() ?? 0) bytes")
    }
  }
}
