/// The contexts of a plan's words: for each its label and what is seen of the six items around it.
struct ContextCollection {
  /// Third item before to third after, each as word, ending and class.
  static let valuesPerContext = 18

  /// Numbers of texts and classes; 0 where an item has no such side.
  private(set) var values: [UInt32] = []
  private(set) var isPositive: [Bool] = []
  private(set) var isHeldBack: [Bool] = []
  private var numbers: [[UInt8]: UInt32] = [:]
  private var texts: [String] = []

  var count: Int { isPositive.count }

  /// Ends a context whose six items have been added.
  mutating func end(isPositive: Bool, isHeldBack: Bool) {
    self.isPositive.append(isPositive)
    self.isHeldBack.append(isHeldBack)
  }

  mutating func add(_ item: Item, classNumber: UInt16, in view: TextView) {
    let hasText = item.end > item.start && !item.isBarrier
    values.append(hasText ? number(of: view.folded(item.start, item.end)) : 0)
    values.append(item.endingStart.map { number(of: view.folded($0, item.end)) } ?? 0)
    values.append(UInt32(classNumber))
  }

  /// Numbers run from 1 in the order in which texts are first seen. 0 for what no row could name.
  private mutating func number(of text: [UInt8]) -> UInt32 {
    if let number = numbers[text] { return number }
    guard let string = String(validating: text, as: UTF8.self), text.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
      text.count <= 64
    else { return 0 }
    texts.append(string)
    numbers[text] = UInt32(texts.count)
    return UInt32(texts.count)
  }

  func text(_ number: UInt32) -> String { texts[Int(number) - 1] }
}

extension TextView {
  /// Bytes without regard to ASCII case, ’ as '.
  fileprivate func folded(_ start: Int, _ end: Int) -> [UInt8] {
    var text: [UInt8] = []
    var place = start
    while place < end {
      if end - place >= 3, bytes[place] == 0xE2, bytes[place + 1] == 0x80, bytes[place + 2] == 0x99 {
        text.append(0x27)
        place += 3
      } else {
        text.append(bytes[place].foldedASCII)
        place += 1
      }
    }
    return text
  }
}
