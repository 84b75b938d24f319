import ByteIO

/// One run of bytes that lies in one or several files, mapped. A read may straddle files at any byte.
struct ShardedBytes: Sendable {
  let files: [MappedFile]
  /// Where each file starts in the run, and at the end the run's length.
  let starts: [Int]

  var count: Int { starts[files.count] }

  init(_ paths: [String], access: MappedFile.Access) throws {
    files = try paths.map { try MappedFile($0, access: access) }
    var starts = [0]
    for file in files { starts.append(starts[starts.count - 1] + file.bytes.count) }
    self.starts = starts
  }

  /// The file that holds a byte below ``count``.
  func file(at offset: Int) -> Int {
    var low = 0
    var high = files.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes themselves where one file holds them all; nil where they straddle two.
  @inline(__always)
  func contiguous(_ offset: Int, _ length: Int) -> UnsafeRawBufferPointer? {
    let file = files.count == 1 ? 0 : file(at: offset)
    guard offset + length <= starts[file + 1] else { return nil }
    let start = offset - starts[file]
    return UnsafeRawBufferPointer(rebasing: files[file].bytes[start..<start + length])
  }

  /// Asks the system to read bytes that are known to be inside.
  func willNeed(_ range: Range<Int>) {
    var file = range.isEmpty ? files.count : file(at: range.lowerBound)
    while file < files.count, starts[file] < range.upperBound {
      files[file].willNeed(max(0, range.lowerBound - starts[file])..<range.upperBound - starts[file])
      file += 1
    }
  }

  /// Copies bytes that are known to be inside.
  func copy(_ offset: Int, _ length: Int, to target: UnsafeMutableRawPointer) {
    var done = 0
    var file = length == 0 ? 0 : file(at: offset)
    while done < length {
      let start = offset + done - starts[file]
      let part = min(length - done, files[file].bytes.count - start)
      if part > 0 { (target + done).copyMemory(from: files[file].bytes.baseAddress! + start, byteCount: part) }
      done += part
      file += 1
    }
  }
}
