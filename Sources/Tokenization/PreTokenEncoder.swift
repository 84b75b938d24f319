import CPrefetch

/// The hot loop: cuts text without added tokens into pre-tokens, and looks up or makes their ids.
///
/// Works in batches: first the cuts, then keys and their cache lines (so that the misses of a whole batch overlap), then
/// the ids.
final class PreTokenEncoder<IDs: PackedIDs> {
  typealias ID = IDs.ID

  private let runIDs: [UInt32]
  private let cache: PreTokenCache<IDs>
  private let longCache: LongPreTokenCache<ID>
  private let merger: BytePairMerger
  private let joins: ByteJoins
  private var cutter: PreTokenCutter
  private let batch = PreTokenBatch<IDs>()

  init(_ tokenizer: Tokenizer, cacheLines: Int) {
    cache = PreTokenCache(lines: cacheLines)
    longCache = LongPreTokenCache(slots: cacheLines / 16)
    runIDs = tokenizer.segmenter.runIDs
    merger = BytePairMerger(tokenizer.merges)
    joins = tokenizer.vocabulary.joins
    cutter = PreTokenCutter(tokenizer.segmenter.pattern)
  }

  deinit { batch.deallocate() }

  /// Appends the ids of a text that holds no added tokens but runs of spaces. It must be UTF-8, in NFC where wanted.
  func encode<Output: FixedWidthInteger>(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [Output]) {
    cutter.begin(text)
    while true {
      let count = cutter.next()
      if count == 0 { break }
      var done = 0
      while done < count {
        let size = min(PreTokenBatch<IDs>.size, count &- done)
        touch(text, cutter.starts + done, size)
        emit(text, cutter.starts + done, size, into: &ids)
        done &+= size
      }
    }
  }

  /// Appends the ids of one pre-token that is no added token but perhaps a run of spaces.
  func encodeOne(_ bytes: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2) { starts in
      starts[0] = 0
      starts[1] = UInt32(truncatingIfNeeded: bytes.count)
      let starts = UnsafePointer(starts.baseAddress.unsafelyUnwrapped)
      touch(bytes, starts, 1)
      emit(bytes, starts, 1, into: &ids)
    }
  }

  /// Makes the batch's keys, and brings their cache lines near.
  private func touch(_ text: UnsafeBufferPointer<UInt8>, _ starts: UnsafePointer<UInt32>, _ count: Int) {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return }
    let (keys, lines, table) = (batch.keys, batch.lines, cache.table)
    let lastWide = text.count &- 16
    for index in 0..<count {
      let start = Int(starts[index])
      let length = Int(starts[index &+ 1]) &- start
      if length <= PreTokenKey.longest {
        let key =
          start <= lastWide
          ? PreTokenKey(base + start, length: length) : PreTokenKey(copying: base + start, length: length)
        let line = table.line(of: key)
        keys[index] = key
        lines[index] = UnsafeMutableRawPointer(line)
        tiresias_prefetch(line)
      } else {
        let slot = longCache.slot(of: UnsafeRawBufferPointer(start: base + start, count: length))
        lines[index] = slot
        tiresias_prefetch(slot)
        tiresias_prefetch(slot + 64)
      }
    }
  }

  /// Appends the batch's ids: from the caches, else by merging.
  private func emit<Output: FixedWidthInteger>(
    _ text: UnsafeBufferPointer<UInt8>, _ starts: UnsafePointer<UInt32>, _ count: Int, into ids: inout [Output]
  ) {
    let (keys, lines, table) = (batch.keys, batch.lines, cache.table)
    var place = batch.ids
    for index in 0..<count {
      let start = Int(starts[index])
      let length = Int(starts[index &+ 1]) &- start
      if length <= PreTokenKey.longest {
        let key = keys[index]
        let line = lines[index].assumingMemoryBound(to: PreTokenCache<IDs>.Entry.self)
        if line[0].key == key || table.promote(key, in: line) {
          let found = line[0].ids
          found.store(to: place)
          place += found.count
          continue
        }
      }
      let bytes = UnsafeBufferPointer(rebasing: text[start..<start &+ length])
      place =
        length <= PreTokenKey.longest
        ? make(bytes, keys[index], lines[index].assumingMemoryBound(to: PreTokenCache<IDs>.Entry.self), place)
        : makeLong(bytes, lines[index], place, &ids)
    }
    batch.append(upTo: place, to: &ids)
  }

  /// Writes the ids of a pre-token that the cache of short ones does not have, and keeps them if they fit; returns their end.
  @inline(never)
  private func make(
    _ bytes: UnsafeBufferPointer<UInt8>, _ key: PreTokenKey, _ line: UnsafeMutablePointer<PreTokenCache<IDs>.Entry>,
    _ place: UnsafeMutablePointer<ID>
  ) -> UnsafeMutablePointer<ID> {
    let end = isRun(bytes) ? writeRun(bytes, place) : write(bytes, place)
    let new = UnsafeBufferPointer(start: place, count: end - place)
    if new.count <= IDs.most { cache.table.insert(key, IDs(new), into: line) }
    return end
  }

  /// The same for a pre-token that is too long for that cache.
  @inline(never)
  private func makeLong<Output: FixedWidthInteger>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ slot: UnsafeMutableRawPointer, _ place: UnsafeMutablePointer<ID>,
    _ ids: inout [Output]
  ) -> UnsafeMutablePointer<ID> {
    if isRun(bytes) { return writeRun(bytes, place) }
    let raw = UnsafeRawBufferPointer(bytes)
    if let kept = longCache.ids(of: raw, in: slot) {
      place.update(from: kept.baseAddress.unsafelyUnwrapped, count: kept.count)
      return place + kept.count
    }
    if bytes.count > PreTokenBatch<IDs>.longest { return writeParts(bytes, place, &ids) }
    var end = place
    forEachPart(bytes) { end = writePart($0, end) }
    longCache.insert(raw, UnsafeBufferPointer(start: place, count: end - place), into: slot)
    return end
  }

  /// Writes a pre-token of any length, part by part, and what does not fit into `batch` to `ids`.
  private func writeParts<Output: FixedWidthInteger>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: UnsafeMutablePointer<ID>, _ ids: inout [Output]
  ) -> UnsafeMutablePointer<ID> {
    batch.append(upTo: place, to: &ids)
    forEachPart(bytes) { part in
      if part.count <= PreTokenBatch<IDs>.longest {
        batch.append(upTo: writePart(part, batch.ids), to: &ids)
      } else {
        merger.merge(part) { new in ids.append(contentsOf: new.lazy.map { Output(truncatingIfNeeded: $0) }) }
      }
    }
    return batch.ids
  }

  @inline(__always)
  private func forEachPart(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = joins.cut(in: bytes, after: start)
      body(UnsafeBufferPointer(rebasing: bytes[start..<end]))
      start = end
    }
  }

  /// Writes the ids of a part of a pre-token, by the cache of short ones if it is one.
  private func writePart(
    _ part: UnsafeBufferPointer<UInt8>, _ place: UnsafeMutablePointer<ID>
  ) -> UnsafeMutablePointer<ID> {
    guard part.count <= PreTokenKey.longest, let base = part.baseAddress else { return write(part, place) }
    let key = PreTokenKey(copying: base, length: part.count)
    let line = cache.table.line(of: key)
    if line[0].key != key && !cache.table.promote(key, in: line) { return make(part, key, line, place) }
    line[0].ids.store(to: place)
    return place + line[0].ids.count
  }

  /// Writes what merging gives.
  private func write(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: UnsafeMutablePointer<ID>
  ) -> UnsafeMutablePointer<ID> {
    var place = place
    merger.merge(bytes) { new in
      for id in new {
        place[0] = ID(truncatingIfNeeded: id)
        place += 1
      }
    }
    return place
  }

  private func writeRun(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: UnsafeMutablePointer<ID>
  ) -> UnsafeMutablePointer<ID> {
    place[0] = ID(truncatingIfNeeded: runIDs[bytes.count])
    return place + 1
  }

  /// True for a run of spaces that is a token.
  private func isRun(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 2 && bytes.count < runIDs.count && bytes[0] == 0x20 && bytes[1] == 0x20
  }
}
