import Foundation
import Testing
import TestSupport
import TokenDataset

struct NPYFileTests {
  @Test func theHeaderIsNumPys() throws {
    #expect(
      String(decoding: NPYHeader(.uint16, shape: [143, 8, 2049]).bytes.dropFirst(10), as: UTF8.self)
        == "{'descr': '<u2', 'fortran_order': False, 'shape': (143, 8, 2049), }"
        + String(repeating: " ", count: 50) + "\n")
    #expect(Array(NPYHeader(.uint32, shape: [5]).bytes.prefix(10)) == [0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0])
    for shape in [[0], [5], [3, 2], [202_264_147, 2], [143_000, 1024, 2049]] {
      #expect(NPYHeader(.int32, shape: shape).bytes.count == 128)
    }
  }

  @Test(arguments: NPYElement.allCases) func readsWhatItWrote(element: NPYElement) throws {
    let folder = TemporaryFolder()
    let bytes = [UInt8]((0..<(6 * element.byteCount)).map { UInt8($0) })
    let writer = try NPYWriter(folder.file("a.npy"), element, shape: [3, 2])
    try bytes.withUnsafeBytes { try writer.write($0) }
    try writer.commit()
    let file = try NPYFile(folder.file("a.npy"))
    #expect(file.element == element)
    #expect(file.shape == [3, 2])
    #expect(file.count == 6)
    #expect(Array(file.bytes) == bytes)
  }

  @Test func aShapeThatIsNotFilledIsNotWritten() throws {
    let folder = TemporaryFolder()
    let writer = try NPYWriter(folder.file("a.npy"), .int32, shape: [3])
    #expect(throws: DatasetFailure.self) { try writer.commit() }
    #expect(!folder.names.contains("a.npy"))
  }

  @Test(arguments: [
    "{'descr': '<i4', 'fortran_order': True, 'shape': (2,), }",
    "{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (-2,), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (9223372036854775807, 9), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
    "{'descr': '<i4', 'fortran_order': False, }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), 'more': 1}",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), } x",
    "{'descr': '<i4", "", "{", "{'shape': (2", "__import__('os')",
  ])
  func headersThatAreNotPlainArraysAreRefused(header: String) throws {
    #expect(throws: DatasetFailure.self) { try read(header) }
  }

  @Test(arguments: [
    "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", "{'shape':(2,),'fortran_order':False,'descr':'<i4'}",
    "{\"descr\": \"<i4\", \"fortran_order\": False, \"shape\": (1, 2)}   \n",
  ])
  func anyPaddingAndOrderIsRead(header: String) throws {
    #expect(try read(header).count == 2)
  }

  @Test func aFileCutAnywhereIsRefused() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.npy")
    let whole = Data(NPYHeader(.int32, shape: [2]).bytes) + Data(count: 8)
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: URL(filePath: path))
      #expect(throws: DatasetFailure.self) { try NPYFile(path) }
    }
    try (whole + [0]).write(to: URL(filePath: path))
    #expect(throws: DatasetFailure.self) { try NPYFile(path) }
  }

  private func read(_ header: String) throws -> NPYFile {
    let folder = TemporaryFolder()
    let text = Data(header.utf8)
    let head = Data([0x93, 78, 85, 77, 80, 89, 1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)])
    try (head + text + Data(count: 8)).write(to: URL(filePath: folder.file("a.npy")))
    return try NPYFile(folder.file("a.npy"))
  }
}
