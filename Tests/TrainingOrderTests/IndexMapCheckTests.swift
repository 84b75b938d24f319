import Foundation
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

/// Index-map files as they should be, and as bad copies leave them.
struct IndexMapCheckTests {
  let folder = TemporaryFolder()
  let dataset: TokenDataset
  let plan: IndexMapPlan
  let names: IndexMapNames

  init() throws {
    dataset = try folder.dataset(sizes: (0..<900).map { 1 + $0 * 7 % 40 })
    plan = try IndexMapPlan(dataset, samples: 3000, sequenceLength: 8, seed: 7)
    names = IndexMapNames(
      prefix: folder.file("data"), name: "train_0", samples: 3000, sequenceLength: 8, seed: 7, naming: .v1)
    try IndexMaps.write(plan, dataset, to: names)
  }

  private func check(_ path: String, _ kind: IndexMapKind, built: Bool = true) throws -> IndexMapCheck {
    try IndexMapCheck(path, kind: kind, dataset: dataset, plan: built ? plan : nil, naming: .v1)
  }

  private func change(_ path: String, _ body: (inout Data) -> Void) throws {
    var data = try contents(path)
    body(&data)
    try data.write(to: URL(filePath: path))
  }

  private func set(_ path: String, element: Int, to value: Int32) throws {
    try change(path) { data in
      withUnsafeBytes(of: value) { data.replaceSubrange(128 + 4 * element..<132 + 4 * element, with: $0) }
    }
  }

  private var files: [(String, IndexMapKind)] { Array(zip(names.all, IndexMapKind.allCases)) }

  @Test func whatGPTNeoXBuildsIsSound() throws {
    for (path, kind) in files {
      #expect(IndexMapFileName(path)?.kind == kind)
      #expect(
        IndexMapFileName(path)?.numbers == .init(samples: 3000, sequenceLength: 8, seed: 7, naming: .v1))
      for built in [true, false] {
        let found = try check(path, kind, built: built)
        #expect(found.isSound, "\(found.faults)")
        #expect(!found.findings.isEmpty)
      }
      #expect(try IndexMapCheck(path, kind: kind).isSound)
    }
  }

  @Test func zerosWhereACopyWasNotFilledAreNamed() throws {
    for (path, kind) in files {
      try change(path) { data in data.replaceSubrange(2000..<data.count - 8, with: Data(count: data.count - 2008)) }
      let found = try check(path, kind, built: false)
      #expect(found.faults.first?.contains("all zero") == true, "\(found.faults)")
      #expect(found.faults.first?.contains("bytes 2000 to ") == true, "\(found.faults)")
    }
  }

  @Test func zerosInPlaceOfTheHeadAndCutFilesAreNamed() throws {
    for (path, kind) in files {
      try change(path) { $0.removeLast(4) }
      #expect(try check(path, kind).faults.first?.contains("it is cut") == true)
      try change(path) { $0 = Data(count: $0.count) }
      #expect(try check(path, kind).faults.first?.contains("begins with zeros") == true)
      try change(path) { $0 = Data() }
      #expect(try check(path, kind).faults == ["it is empty"])
    }
  }

  @Test func theFirstDifferenceIsNamed() throws {
    let maps = try IndexMaps(plan, dataset)
    try set(names.shufflePath, element: 5, to: Int32(maps.shuffle[9]))
    let shuffle = try check(names.shufflePath, .shuffle).faults
    #expect(shuffle.contains { $0.contains("place 9") && $0.contains("second time") })
    #expect(
      shuffle.last == "the first difference: place 5 is \(maps.shuffle[9]), and would be built as \(maps.shuffle[5])")
    try set(names.documentsPath, element: 3, to: Int32((maps.documents[3] + 1) % 900))
    let documents = try check(names.documentsPath, .documents).faults
    #expect(documents[0].contains("not \(plan.epochs) times"))
    #expect(documents.last?.contains("place 3") == true)
    try set(names.samplesPath, element: 20, to: 0)
    let samples = try check(names.samplesPath, .samples).faults
    #expect(samples[0].contains("row 10") && samples[0].contains("never go back"))
    #expect(samples.last?.contains("row 10, column 0") == true)
  }

  @Test func anOffsetBeyondItsDocumentIsFoundWithoutTheNumbers() throws {
    let maps = try IndexMaps(plan, dataset)
    // The next row is in another document, so the offset stays in order.
    let row = try #require((1..<maps.rowCount - 1).first { maps.samples[2 * $0] < maps.samples[2 * $0 + 2] })
    let size = dataset.size(of: maps.documents[maps.samples[2 * row]])
    try set(names.samplesPath, element: 2 * row + 1, to: Int32(size))
    let faults = try check(names.samplesPath, .samples, built: false).faults
    #expect(faults.first?.contains("row \(row) has offset \(size)") == true, "\(faults)")
  }

  @Test func theOrderOfAnotherSeedOrLengthDiffers() throws {
    let other = try IndexMapPlan(dataset, samples: 3000, sequenceLength: 8, seed: 8)
    for (path, kind) in files where kind != .samples {
      let found = try IndexMapCheck(path, kind: kind, dataset: dataset, plan: other, naming: .v1)
      #expect(found.faults.count == 1 && found.faults[0].hasPrefix("the first difference"), "\(found.faults)")
    }
    let longer = try IndexMapPlan(dataset, samples: 3000, sequenceLength: 9, seed: 7)
    let found = try IndexMapCheck(names.shufflePath, kind: .shuffle, dataset: dataset, plan: longer, naming: .v1)
    #expect(found.faults.first?.contains("would be built") == true)
  }

  @Test func theWrongKindIsAFault() throws {
    #expect(try !IndexMapCheck(names.samplesPath, kind: .documents).isSound)
    #expect(try !IndexMapCheck(names.documentsPath, kind: .shuffle).isSound)
    #expect(IndexMapFileName("x.npy") == nil)
    #expect(IndexMapFileName("my_shuffle_idx.npy")?.numbers == nil)
    #expect(
      IndexMapFileName("a_b_train_0_indexmap_9ns_2sl_1s_packedpi_ac_doc_idx.npy")?.numbers
        == .init(samples: 9, sequenceLength: 2, seed: 1, naming: .current))
  }

  @Test(.enabled(if: Goldens.isThere), arguments: Goldens.cases, IndexMapNaming.allCases)
  func goldenMapsAreSound(name: String, naming: IndexMapNaming) throws {
    let path = Goldens.path(name, naming)
    // Made by hand, and no permutations.
    guard name != "preshuffled_replay", name != "split_969_30_1" else { return }
    for file in try FileManager.default.contentsOfDirectory(atPath: path) where file.hasSuffix("_idx.npy") {
      guard let known = IndexMapFileName(file), let numbers = known.numbers else { continue }
      let prefix = path + "/" + file.split(separator: "_")[0]
      let dataset = try TokenDataset(prefix: prefix)
      let plan = try IndexMapPlan(
        dataset, samples: numbers.samples, sequenceLength: numbers.sequenceLength, seed: numbers.seed)
      let found = try IndexMapCheck(
        path + "/" + file, kind: known.kind, dataset: dataset, plan: plan, naming: numbers.naming)
      #expect(found.isSound, "\(file): \(found.faults)")
      #expect(found.findings.contains { $0.hasPrefix("equal") })
    }
  }
}
