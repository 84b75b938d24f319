import Glibc

/// Blocks of many pages, zeroed, and in huge pages where the system has them: random access then misses the TLB less.
enum LargeMemory {
  private static let hugePage = 2 << 20

  /// Zeroed memory for `count` values of a trivial type. Pages are taken when first touched.
  static func allocate<Value: BitwiseCopyable>(count: Int, of type: Value.Type) -> UnsafeMutablePointer<Value> {
    let size = (count * MemoryLayout<Value>.stride + hugePage - 1) / hugePage * hugePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: hugePage)
    madvise(memory, size, Int32(MADV_HUGEPAGE))
    memset(memory, 0, size)
    return memory.bindMemory(to: Value.self, capacity: count)
  }

  static func deallocate<Value>(_ memory: UnsafeMutablePointer<Value>) { memory.deallocate() }
}
