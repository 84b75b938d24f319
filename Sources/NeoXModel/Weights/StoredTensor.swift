import ByteIO
import Glibc
import StructuredText

/// The types of numbers that weights are stored as.
enum StoredType: String, Sendable, CaseIterable {
  case float16 = "F16"
  case bfloat16 = "BF16"
  case float32 = "F32"

  var size: Int { self == .float32 ? 4 : 2 }
}

/// One tensor of a safetensors file: where its bytes are, and how to read them.
struct StoredTensor: Sendable {
  let name: String
  /// As the file names it; ``type`` is nil where it is not one that is read.
  let typeName: String
  let shape: [Int]
  /// From the beginning of the tensors' bytes.
  let offset: Int
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer  // of the mapping that `file` keeps
  let file: MappedFile

  var type: StoredType? { StoredType(rawValue: typeName) }
  var count: Int { shape.reduce(1, *) }

  /// Reads an entry of the header: `{"dtype": …, "shape": […], "data_offsets": [begin, end]}`.
  init(name: String, entry: JSONNode, data: UnsafeRawBufferPointer, file: MappedFile) throws {
    func failure(_ code: ModelFailure.Code, _ reason: String) -> ModelFailure {
      ModelFailure(code, file.path, "tensor '\(name)': \(reason)")
    }
    do {
      self.name = name
      self.file = file
      typeName = try entry.member("dtype").string()
      shape = try entry.member("shape").elements().map { try $0.int(in: 0...Int.max) }
      let offsets = try entry.member("data_offsets").elements().map { try $0.int(in: 0...Int.max) }
      guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= data.count else {
        throw failure(.length, "data_offsets \(offsets) are no range within \(data.count) bytes")
      }
      offset = offsets[0]
      bytes = UnsafeRawBufferPointer(rebasing: data[offsets[0]..<offsets[1]])
    } catch let error as JSONFailure {
      throw ModelFailure(.format, file.path, "header, \(error.path): \(error.reason)")
    }
    guard let count = product(of: shape) else { throw failure(.length, "shape \(shape) overflows") }
    if let type {
      let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
      guard !overflow, size == bytes.count else {
        throw failure(.length, "shape \(shape) of \(typeName) does not fill its \(bytes.count) bytes")
      }
    }
  }

  /// Lets the system take back the memory of pages that were read: they come back from the file when they are needed.
  func releasePages() {
    guard let start = bytes.baseAddress else { return }
    let page = Int(getpagesize())
    let first = (Int(bitPattern: start) + page - 1) / page * page
    let end = (Int(bitPattern: start) + bytes.count) / page * page
    if end > first { madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_DONTNEED) }
  }
}

/// Nil if it is above `Int.max`.
private func product(of shape: [Int]) -> Int? {
  var result = 1
  for size in shape {
    let (next, overflow) = result.multipliedReportingOverflow(by: size)
    if overflow { return nil }
    result = next
  }
  return result
}
