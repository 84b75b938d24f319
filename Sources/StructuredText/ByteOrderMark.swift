extension Collection<UInt8> {
  /// All but a UTF-8 byte order mark at the front, which some editors write and nobody sees.
  public var withoutByteOrderMark: SubSequence {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return starts(with: mark) ? dropFirst(mark.count) : self[...]
  }
}
