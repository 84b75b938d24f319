import CPrefetch

/// The hot loop: cuts text without added tokens into pre-tokens, and looks up or makes their ids.
///
/// Works in batches: first the cuts, then keys and their cache lines (so that the misses of a whole batch overlap), then
/// the ids.
final class PreTokenEncoder {
  private static let batchSize = 256

  private let runIDs: [UInt32]
  private let cache: PreTokenCache
  private let longCache: LongPreTokenCache
  private let merger: BytePairMerger
  private var cutter: PreTokenCutter
  private let batch: Batch

  /// Scratch for one batch.
  private struct Batch {
    let keys = UnsafeMutablePointer<PreTokenCache.Key>.allocate(capacity: batchSize)
    let lines = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: batchSize)
    /// Room for the ids of a batch of short pre-tokens, and one store beyond.
    let ids = UnsafeMutablePointer<UInt32>.allocate(capacity: (batchSize + 1) * PreTokenCache.mostIDs)

    func deallocate() {
      keys.deallocate()
      lines.deallocate()
      ids.deallocate()
    }
  }

  init(_ tokenizer: Tokenizer, cacheLines: Int) {
    cache = PreTokenCache(lines: cacheLines)
    longCache = LongPreTokenCache(slots: cacheLines / 16)
    runIDs = tokenizer.segmenter.runIDs
    merger = BytePairMerger(tokenizer.merges)
    cutter = PreTokenCutter(tokenizer.segmenter.pattern)
    batch = Batch()
  }

  deinit { batch.deallocate() }

  /// Appends the ids of a text that holds no added tokens but runs of spaces. It must be UTF-8, in NFC where wanted.
  func encode(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) {
    cutter.begin(text)
    while true {
      let count = cutter.next()
      if count == 0 { break }
      var done = 0
      while done < count {
        let size = min(Self.batchSize, count &- done)
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
      guard let base = UnsafePointer(starts.baseAddress) else { return }
      touch(bytes, base, 1)
      emit(bytes, base, 1, into: &ids)
    }
  }

  /// Makes the batch's keys, and brings their cache lines near.
  private func touch(_ text: UnsafeBufferPointer<UInt8>, _ starts: UnsafePointer<UInt32>, _ count: Int) {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return }
    let (keys, lines, cache) = (batch.keys, batch.lines, cache.table)
    let lastWide = text.count &- 16
    for index in 0..<count {
      let start = Int(starts[index])
      let length = Int(starts[index &+ 1]) &- start
      if length <= PreTokenCache.longestKey {
        let key = start <= lastWide ? PreTokenCache.key(base + start, length) : tailKey(base + start, length)
        let line = cache.line(of: key)
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

  /// A key near the text's end, where 16 bytes cannot be read.
  private func tailKey(_ start: UnsafeRawPointer, _ length: Int) -> PreTokenCache.Key {
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { copy in
      copy.initializeMemory(as: UInt8.self, repeating: 0)
      copy.copyMemory(from: UnsafeRawBufferPointer(start: start, count: length))
      return PreTokenCache.key(UnsafeRawPointer(copy.baseAddress.unsafelyUnwrapped), length)
    }
  }

  /// Appends the batch's ids: from the caches, else by merging.
  private func emit(
    _ text: UnsafeBufferPointer<UInt8>, _ starts: UnsafePointer<UInt32>, _ count: Int, into ids: inout [UInt32]
  ) {
    var filled = 0
    let (keys, lines, scratch) = (batch.keys, batch.lines, UnsafeMutableRawPointer(batch.ids))
    for index in 0..<count {
      let start = Int(starts[index])
      let length = Int(starts[index &+ 1]) &- start
      if length <= PreTokenCache.longestKey {
        let key = keys[index]
        let line = lines[index].assumingMemoryBound(to: PreTokenCache.Entry.self)
        let entry = line + (line.pointee.key == key ? 0 : 1)
        if entry.pointee.key == key {
          let packed = entry.pointee.ids
          (scratch + filled &* 4).storeBytes(of: packed & 0xFF_FFFF, as: SIMD4<UInt32>.self)
          filled &+= Int(packed[0] >> 24)
          continue
        }
      }
      ids.append(contentsOf: UnsafeBufferPointer(start: batch.ids, count: filled))
      filled = 0
      merge(UnsafeBufferPointer(rebasing: text[start..<start + length]), index, into: &ids)
    }
    ids.append(contentsOf: UnsafeBufferPointer(start: batch.ids, count: filled))
  }

  /// Makes the ids of a pre-token that the cache of short ones does not have, and keeps them if they fit somewhere.
  @inline(never)
  private func merge(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, into ids: inout [UInt32]) {
    let before = ids.count
    let isShort = bytes.count <= PreTokenCache.longestKey
    let raw = UnsafeRawBufferPointer(bytes)
    let slot = isShort ? longCache.slot(of: raw) : batch.lines[index]
    if longCache.append(raw, in: slot, to: &ids) { return }
    if isRun(bytes) {
      ids.append(runIDs[bytes.count])
    } else {
      merger.merge(bytes, into: &ids)
    }
    ids.withUnsafeBufferPointer { ids in
      let new = UnsafeBufferPointer(rebasing: ids[before...])
      if isShort && new.count <= PreTokenCache.mostIDs {
        let line = batch.lines[index].assumingMemoryBound(to: PreTokenCache.Entry.self)
        cache.table.insert(batch.keys[index], new, into: line)
      } else {
        longCache.insert(raw, new, into: slot)
      }
    }
  }

  /// True for a run of spaces that is a token.
  private func isRun(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 2 && bytes.count < runIDs.count && bytes[0] == 0x20 && bytes[1] == 0x20
  }
}
