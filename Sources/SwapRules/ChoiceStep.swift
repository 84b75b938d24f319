/// One test on the way to a branch.
///
/// An entry's branches, asked in order, are one program: each test of an item says where to go on, until a branch is
/// reached. It gives what ``Surroundings/holds(_:)`` gives branch after branch wherever all that is asked for is known.
struct ChoiceStep {
  /// Which of the facts about the surroundings is tested; `table` asks a learnt table.
  var fact: UInt8
  /// The test holds if the fact has one of these bits. For a table, the branch.
  var bits: UInt64
  /// Where to go on: a step, or an ``Outcome``.
  var yes: UInt32
  var no: UInt32

  static let table: UInt8 = 255
  /// The case of the match.
  static let matchCase: UInt8 = 18

  /// Facts about items: three each of the six around the match, from the third before to the third after.
  enum ItemFact: UInt8 { case kinds, classes, texts }

  static func fact(_ fact: ItemFact, _ position: Int8) -> UInt8 {
    UInt8(Surroundings.slot(of: position)) * 3 + fact.rawValue
  }

  static func asksNext(_ fact: UInt8) -> Bool { factOfNext(fact) != nil }

  /// Which ``ItemFact`` about the next item it is; nil for any other.
  static func factOfNext(_ fact: UInt8) -> UInt8? { fact / 3 == UInt8(Surroundings.slot(of: 1)) ? fact % 3 : nil }

  /// Where a program ends.
  enum Outcome {
    static let flag: UInt32 = 1 << 31
    /// No branch holds.
    static let none = UInt32.max

    /// `branch` counts from the entry's first.
    static func branch(_ branch: Int) -> UInt32 { flag | UInt32(branch) }
  }
}

/// Lists of marks and of endings, each of which is a bit of ``ChoiceStep/ItemFact/texts``.
struct TextTests {
  struct Test {
    var isEnding: Bool
    /// In `Tables.slices`.
    var texts: TableRange
  }

  private let tests: UnsafeBufferPointer<Test>
  /// For each byte the tests that a word can pass which ends in it, and a mark that begins with it.
  private let endings: UnsafeBufferPointer<UInt64>
  private let marks: UnsafeBufferPointer<UInt64>
  private let slices: UnsafeBufferPointer<ByteSlice>
  /// The pack's, which outlives this.
  private let text: TextTable

  static let maximumCount = 64

  init(_ tests: [Test], _ slices: [ByteSlice], _ text: TextTable) {
    var endings = [UInt64](repeating: 0, count: 256)
    var marks = endings
    for (index, test) in tests.enumerated() {
      for slice in test.texts.indices {
        let bytes = text[slices[slice]]
        if test.isEnding {
          // A word's ’ is an ending's '.
          for last in bytes.last == 0x27 ? [0x27, 0x99] : Array(bytes.suffix(1)) {
            endings[Int(last)] |= 1 << UInt64(index)
          }
        } else {
          for first in bytes.first == 0x27 ? [0x27, 0xE2] : Array(bytes.prefix(1)) {
            marks[Int(first)] |= 1 << UInt64(index)
          }
        }
      }
    }
    self.tests = Tables.copy(tests)
    self.endings = Tables.copy(endings)
    self.marks = Tables.copy(marks)
    self.slices = Tables.copy(slices)
    self.text = text
  }

  func deallocate() {
    tests.deallocate()
    endings.deallocate()
    marks.deallocate()
    slices.deallocate()
  }

  /// The tests that an item passes.
  func passed(by item: Item, _ view: TextView) -> UInt64 {
    guard item.end > item.start else { return 0 }
    var possible: UInt64 = 0
    if item.isWord { possible |= endings[Int(view.bytes[item.end - 1].foldedASCII)] }
    if item.kinds.contains(.punctuation) { possible |= marks[Int(view.bytes[item.start])] }
    var passed: UInt64 = 0
    while possible != 0 {
      let index = possible.trailingZeroBitCount
      possible &= possible &- 1
      let test = tests[index]
      let word = FoldedWord(view.bytes, item.start, item.end)
      let passes = test.texts.indices.contains { slice in
        let text = text[slices[slice]]
        return test.isEnding ? word.ends(in: text) : word.equals(text)
      }
      if passes { passed |= 1 << UInt64(index) }
    }
    return passed
  }
}
