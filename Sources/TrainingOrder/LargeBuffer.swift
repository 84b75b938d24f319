import ByteIO
import Glibc

/// Memory for an array of hundreds of megabytes, straight from the system: zeroed, in huge pages where they are to be had
/// (random access then seldom misses the TLB), and given back in full when the object goes.
final class LargeBuffer<Element: FixedWidthInteger & Sendable>: @unchecked Sendable {  // one writer, then read only
  let elements: UnsafeMutableBufferPointer<Element>
  private let length: Int

  init(count: Int) throws {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, bytes >= 0 else {
      throw OrderFailure(.data, "", "\(count) elements do not fit into memory")
    }
    length = max(bytes, 1)
    let address = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let address, address != MAP_FAILED else {
      throw IOFailure.system("reserve \(length) bytes of", "memory")
    }
    madvise(address, length, Int32(MADV_HUGEPAGE))
    elements = UnsafeMutableBufferPointer(start: address.assumingMemoryBound(to: Element.self), count: count)
  }

  deinit { munmap(elements.baseAddress, length) }
}
