import ByteIO

/// What of a window is made, by the records that its folder holds.
struct WindowLedger {
  /// Of this run, in the order of their items, none of which is in two.
  let records: [SliceRecord]

  /// Reads the records that have items of a range. One that cannot be read, is of another run, or overlaps another, is none.
  init(_ files: WindowFolder, run: String, items: Range<Int>) throws {
    let names = FileSystem.exists(files.records) ? try FileSystem.names(in: files.records) : []
    let found = names.compactMap { name -> SliceRecord? in
      guard let named = WindowFolder.items(ofRecord: name), named.overlaps(items) else { return nil }
      let record = try? SliceRecord.read(files.records + "/" + name)
      return record?.items == named ? record : nil
    }
    var records: [SliceRecord] = []
    for record in found.sorted(by: { $0.items.lowerBound < $1.items.lowerBound })
    where record.run == run && record.items.lowerBound >= records.last?.items.upperBound ?? 0 {
      records.append(record)
    }
    self.records = records
  }

  /// What is left to make of a range: slices in order, of which none reaches across the edge of a part.
  func missing(in items: Range<Int>) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var next = items.lowerBound
    for record in records where record.items.overlaps(items) {
      if record.items.lowerBound > next { gaps.append(next..<record.items.lowerBound) }
      next = record.items.upperBound
    }
    if next < items.upperBound { gaps.append(next..<items.upperBound) }
    return gaps.flatMap(WindowFolder.slices)
  }
}
