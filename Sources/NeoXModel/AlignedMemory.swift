import Glibc

/// Numbers in memory that begins at a cache line, or at a large page where it holds one: products run through weights faster
/// where each look-up of an address serves two megabytes. Zero at first; what is never touched takes no memory.
final class AlignedMemory<Element: BitwiseCopyable>: @unchecked Sendable {  // who shares it decides who writes
  let pointer: UnsafeMutablePointer<Element>
  let count: Int
  private let mapping: UnsafeMutableRawBufferPointer

  init(count: Int) {
    let size = count * MemoryLayout<Element>.stride
    let alignment = size >= largePage ? largePage : 64
    self.count = count
    mapping = UnsafeMutableRawBufferPointer(start: allocate(size + alignment), count: size + alignment)
    let start = mapping.baseAddress.unsafelyUnwrapped.alignedUp(toMultipleOf: alignment)
    // Whole pages only: a part of one at the end would take all of it.
    if size >= largePage { madvise(start, size / largePage * largePage, MADV_HUGEPAGE) }
    pointer = start.bindMemory(to: Element.self, capacity: count)
  }

  deinit { munmap(mapping.baseAddress, mapping.count) }
}

private let largePage = 2 << 20

/// Fresh pages from the system: zero, and none of the process's memory until they are touched.
private func allocate(_ size: Int) -> UnsafeMutableRawPointer {
  let address = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
  guard let address, address != MAP_FAILED else { preconditionFailure("out of memory: \(size) bytes") }
  return address
}
