import ByteIO
import StructuredText

/// A safetensors file, mapped: eight bytes of header length, a JSON header, and the tensors' bytes without a gap
/// (huggingface/safetensors, README, "Format"). All of the header is checked on opening.
struct SafetensorsFile: Sendable {
  let tensors: [StoredTensor]

  /// The format's own limit is 100 MB; the header of the largest GPT-NeoX takes 60 kB.
  static let headerLimit = 8 << 20

  init(_ path: String) throws {
    let file = try MappedFile(path)
    let header = try Self.header(of: file)
    let root = try Self.parse(header, of: file)
    let data = UnsafeRawBufferPointer(rebasing: file.bytes[(8 + header.count)...])
    var tensors: [StoredTensor] = []
    for (name, node) in try root.members() where name != "__metadata__" {
      tensors.append(try StoredTensor(name: name, entry: node, data: data, file: file))
    }
    try Self.requireNoGap(tensors, dataSize: data.count, file: file)
    self.tensors = tensors
  }

  private static func header(of file: MappedFile) throws -> UnsafeRawBufferPointer {
    guard file.bytes.count >= 8 else {
      throw ModelFailure(.length, file.path, "\(file.bytes.count) bytes are no safetensors file. Download it again.")
    }
    let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(file.bytes.count - 8) else {
      throw ModelFailure(
        .length, file.path, at: 0,
        "the header is said to have \(length) bytes, but the file has \(file.bytes.count). Download it again.")
    }
    guard length <= UInt64(headerLimit) else {
      throw ModelFailure(
        .length, file.path, at: 0, "a header of \(length) bytes is above the limit of \(headerLimit)")
    }
    return UnsafeRawBufferPointer(rebasing: file.bytes[8..<8 + Int(length)])
  }

  private static func parse(_ header: UnsafeRawBufferPointer, of file: MappedFile) throws -> JSONNode {
    do {
      return try JSONNode.parse(Array(header), name: file.path)
    } catch {
      throw ModelFailure(
        .format, file.path, at: error.offset.map { $0 + 8 } ?? 8, "the header is no JSON that is read: \(error.reason)")
    }
  }

  /// The tensors' bytes follow each other and fill the file: nothing is shared, nothing is hidden between them.
  private static func requireNoGap(_ tensors: [StoredTensor], dataSize: Int, file: MappedFile) throws {
    let start = file.bytes.count - dataSize
    var end = 0
    for tensor in tensors.sorted(by: { ($0.offset, $0.bytes.count) < ($1.offset, $1.bytes.count) }) {
      if tensor.offset != end {
        let fault = tensor.offset < end ? "overlaps the one before it" : "leaves a gap before it"
        throw ModelFailure(.length, file.path, at: start + tensor.offset, "tensor '\(tensor.name)' \(fault)")
      }
      end += tensor.bytes.count
    }
    if end != dataSize {
      throw ModelFailure(
        .length, file.path, at: start + end, "\(dataSize - end) bytes behind the last tensor belong to none")
    }
  }
}
