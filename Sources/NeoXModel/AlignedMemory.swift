import Glibc

/// Numbers in memory that begins at a cache line. Zero at first; what is never touched takes no memory.
final class AlignedMemory<Element: BitwiseCopyable>: @unchecked Sendable {  // who shares it decides who writes
  let pointer: UnsafeMutablePointer<Element>
  let count: Int
  private let allocation: UnsafeMutableRawPointer

  init(count: Int) {
    let alignment = 64
    guard let allocation = calloc(count * MemoryLayout<Element>.stride + alignment, 1) else {
      preconditionFailure("out of memory: \(count) numbers of \(MemoryLayout<Element>.stride) bytes")
    }
    self.allocation = allocation
    self.count = count
    pointer = allocation.alignedUp(toMultipleOf: alignment).bindMemory(to: Element.self, capacity: count)
  }

  deinit { free(allocation) }
}
