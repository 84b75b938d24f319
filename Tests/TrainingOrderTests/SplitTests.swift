import Testing
import TrainingOrder

struct SplitTests {
  @Test(arguments: [
    ("969, 30, 1", 200, [194, 200, 200]), ("969,30,1", 1000, [969, 999, 1000]), ("1", 7, [7, 7, 7]),
    ("1/1", 4, [2, 4, 4]), ("98/1/1", 100, [98, 99, 100]), ("100,0,0", 5, [5, 5, 5]), ("0,1,1", 4, [0, 2, 4]),
    // 2.5 and 1.25: to even, then what is too much or too little is shifted.
    ("2,1,1", 5, [3, 4, 5]), ("5,5,0", 5, [3, 5, 5]), ("7,2,1,9", 10, [7, 9, 10]), (" 9 , 1", 10, [9, 10, 10]),
  ])
  func endsAreGPTNeoXs(text: String, count: Int, ends: [Int]) throws {
    let parts = try Split.documents(text, itemCount: count)
    #expect([parts.train.upperBound, parts.valid.upperBound, parts.test.upperBound] == ends)
    #expect(parts.train.lowerBound == 0)
    #expect(parts.valid.lowerBound == parts.train.upperBound && parts.test.lowerBound == parts.valid.upperBound)
  }

  @Test(arguments: ["", "a", "1,,1", "-1,2", "0,0,0", "nan", "inf", "1;2"])
  func otherTextIsRefused(text: String) {
    #expect(throws: OrderFailure.self) { try Split.documents(text, itemCount: 10) }
  }
}
