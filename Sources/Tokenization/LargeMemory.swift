import Glibc

/// A zeroed block of many pages, in huge pages where the system has them: random access then misses the TLB less.
final class LargeMemory {
  let start: UnsafeMutableRawPointer
  private let mapping: UnsafeMutableRawPointer
  private let mappingSize: Int

  private static let hugePage = 2 << 20

  /// In whole huge pages, which are taken when first touched. A system without memory for it ends the process, as any allocation does.
  init(size: Int) {
    // The mapping is a huge page larger than needed, so that the block can start at a multiple of one.
    let size = (size + Self.hugePage - 1) / Self.hugePage * Self.hugePage
    mappingSize = size + Self.hugePage
    guard
      let mapping = mmap(nil, mappingSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      mapping != MAP_FAILED
    else { preconditionFailure("no memory for \(size) bytes") }
    self.mapping = mapping
    start = mapping.alignedUp(toMultipleOf: Self.hugePage)
    madvise(start, size, Int32(MADV_HUGEPAGE))
  }

  deinit { munmap(mapping, mappingSize) }
}
