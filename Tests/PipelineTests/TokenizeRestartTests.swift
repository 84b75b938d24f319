import ByteIO
import Corpus
import Foundation
import TestSupport
import Testing
import Tokenization

@testable import Pipeline

/// A job that stopped, in whatever way, and is run again.
@Suite struct TokenizeRestartTests {
  @Test func aFinishedJobReturnsAtOnce() throws {
    let fixture = try TokenizeFixture()
    let first = try fixture.job("out").run()
    let stamp = try FileSystem.stamp(of: fixture.folder.file("out_text_document.bin")).modified
    let second = try fixture.job("out", workers: 1).run()
    #expect(second.isReused)
    #expect(second.documents == first.documents && second.tokens == first.tokens)
    #expect(second.summary.contains("it was there already"))
    #expect(try FileSystem.stamp(of: fixture.folder.file("out_text_document.bin")).modified == stamp)
  }

  @Test func aTouchedInputIsTokenizedAgainUnlessItsContentsAreCompared() throws {
    let fixture = try TokenizeFixture(documents: 30)
    _ = try fixture.job("out").run()
    try touch(fixture.pile + "/0.jsonl")
    var job = fixture.job("out")
    job.rehash = true
    #expect(try job.run().isReused)
    // The new time is known now.
    #expect(try fixture.job("out").run().isReused)
    try touch(fixture.pile + "/0.jsonl")
    #expect(try !fixture.job("out").run().isReused)
    #expect(try fixture.job("out").run().isReused)
  }

  @Test func changedContentsAreFoundByReadingThem() throws {
    let fixture = try TokenizeFixture(documents: 30)
    let path = fixture.pile + "/0.jsonl"
    _ = try fixture.job("out").run()
    var bytes = try FileSystem.contents(of: path)
    let at = try #require(bytes.firstIndex(of: UInt8(ascii: "c")))
    let modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    bytes[at] = UInt8(ascii: "b")
    try AtomicFile.replace(path, with: bytes)
    try FileManager.default.setAttributes([.modificationDate: modified as Any], ofItemAtPath: path)
    var job = fixture.job("out")
    job.rehash = true
    #expect(try !job.run().isReused)
    #expect(try difference(fixture.bytes("out")["_text_document.bin"], fixture.slowBin(eod: true)) == nil)
  }

  @Test func otherOptionsInputsOrLostFilesMakeItAgain() throws {
    let fixture = try TokenizeFixture(documents: 30)
    let out = fixture.folder.file("out_text_document")
    func isReused(_ change: (inout TokenizeJob) throws -> Void) throws -> Bool {
      _ = try fixture.job("out").run()
      var job = fixture.job("out")
      try change(&job)
      return try job.run().isReused
    }
    #expect(try isReused { _ in })
    #expect(try !isReused { $0.appendEOD = false })
    #expect(try !isReused { $0.inputs = [fixture.pile + "/0.jsonl"] })
    #expect(try !isReused { _ in try TinyTokenizer.write(fixture.tokenizer, lastID: 1000) })
    #expect(try !isReused { _ in try FileSystem.remove(out + ".bin") })
    #expect(try !isReused { _ in try AtomicFile.replace(out + ".idx", with: [1]) })
    #expect(try !isReused { _ in try FileSystem.remove(out + ".origin.bin") })
    #expect(try !isReused { _ in try FileSystem.remove(out + ".origin.stamps.json") })
    #expect(try !isReused { _ in try AtomicFile.replace(out + ".origin.json", with: Array("{}".utf8)) })
    _ = try fixture.job("out").run()
    #expect(try difference(fixture.bytes("out")["_text_document.bin"], fixture.slowBin(eod: true)) == nil)
  }

  @Test func dataOfUnknownOriginAreNotOverwritten() throws {
    let fixture = try TokenizeFixture(documents: 3)
    let path = fixture.folder.file("out_text_document.idx")
    try AtomicFile.replace(path, with: [1, 2, 3])
    let failure = #expect(throws: TokenizeFailure.self) { try fixture.job("out").run() }
    #expect(failure?.description.contains("Choose another --output") == true)
    #expect(try FileSystem.contents(of: path) == [1, 2, 3])
  }

  @Test func twoRunsIntoTheSameFilesAreRefused() throws {
    let fixture = try TokenizeFixture(documents: 30)
    let other = try PositionedFile(fixture.folder.file("out_text_document.bin.partial"))
    try other.lock()
    let failure = #expect(throws: IOFailure.self) { try fixture.job("out").run() }
    #expect(failure?.description.contains("another run is writing it") == true)
  }

  @Test func aRunThatStoppedAtABadLineGoesOnWhenItMaySkipIt() throws {
    let fixture = try TokenizeFixture()
    try fixture.write("2b.jsonl", Array("\"good\"\nbad\n\"good\"\n".utf8))
    #expect(throws: CorpusFailure.self) { try fixture.job("out").run() }
    #expect(try fixture.finalNames("out").isEmpty)
    let state = try #require(try findCheckpoint(fixture, fixture.job("out")))
    #expect(state.position.file >= 2)
    var job = fixture.job("out")
    job.onError = .skip
    let report = try job.run()
    #expect(report.skipped.counts == [.invalidJSON: 1])
    var fresh = fixture.job("fresh")
    fresh.onError = .skip
    _ = try fresh.run()
    #expect(try difference(fixture.bytes("out"), fixture.bytes("fresh")) == nil)
    // And what has lines left out is no answer to a run that is to stop at them.
    #expect(throws: CorpusFailure.self) { try fixture.job("out").run() }
  }

  @Test func aCheckpointOfOtherOptionsIsNotGoneOnWith() throws {
    let fixture = try TokenizeFixture()
    try fixture.write("9.jsonl", Array("bad\n".utf8))
    #expect(throws: CorpusFailure.self) { try fixture.job("out").run() }
    try FileSystem.remove(fixture.pile + "/9.jsonl")
    #expect(try findCheckpoint(fixture, fixture.job("out")) == nil)
    var job = fixture.job("out")
    job.appendEOD = false
    _ = try job.run()
    #expect(try difference(fixture.bytes("out")["_text_document.bin"], fixture.slowBin(eod: false)) == nil)
  }

  /// Stopped after any batch, with the last checkpoint any number of batches ago.
  @Test func fromAnyCheckpointTheResultIsTheSame() throws {
    let fixture = try TokenizeFixture(documents: 60)
    _ = try fixture.job("fresh").run()
    let expected = try fixture.bytes("fresh")
    for stop in 0..<12 {
      for lag in 0..<3 {
        try write(fixture, "out", batches: stop + lag, checkpointAfter: stop)
        _ = try fixture.job("out").run()
        let bytes = try fixture.bytes("out").filter { !$0.key.hasSuffix("partial") }
        #expect(difference(bytes, expected) == nil, "checkpoint after \(stop), killed after \(stop + lag)")
        for name in try fixture.names("out") { try FileSystem.remove(fixture.folder.file(name)) }
      }
    }
  }

  /// Killed between any two steps of giving the files their names.
  @Test(arguments: 0...6) func finishingIsGoneOnWith(steps: Int) throws {
    let fixture = try TokenizeFixture(documents: 60)
    _ = try fixture.job("fresh").run()
    let base = fixture.folder.file("out_text_document")
    // An older output that is being replaced.
    var other = fixture.job("out")
    other.appendEOD = false
    _ = try other.run()
    try write(fixture, "out", batches: .max, checkpointAfter: .max)
    let actions: [() throws -> Void] = [
      { try FileSystem.remove(base + ".origin.json") },
      { try FileSystem.remove(base + ".idx") },
      { try FileSystem.remove(base + ".origin.bin") },
      { try FileSystem.rename(base + ".bin.partial", to: base + ".bin") },
      { try FileSystem.rename(base + ".origin.bin.partial", to: base + ".origin.bin") },
      { try AtomicFile.replace(base + ".origin.stamps.json", with: []) },
    ]
    for action in actions.prefix(steps) { try action() }
    let report = try fixture.job("out").run()
    #expect(!report.isReused)
    #expect(try difference(fixture.bytes("out"), fixture.bytes("fresh")) == nil)
    #expect(try fixture.job("out").run().isReused)
  }

  /// A run that finds all made by another one, which is giving the files their names.
  @Test func finishingIsDoneByOneRunAtATime() throws {
    let fixture = try TokenizeFixture(documents: 60)
    _ = try fixture.job("fresh").run()
    try write(fixture, "out", batches: .max, checkpointAfter: .max)
    do {
      let other = try PositionedFile(fixture.folder.file("out_text_document.sizes.partial"))
      try other.lock()
      let failure = #expect(throws: IOFailure.self) { try fixture.job("out").run() }
      #expect(failure?.description.contains("another run is writing it") == true)
      #expect(FileSystem.exists(fixture.folder.file("out_text_document.bin.partial")))
    }
    #expect(try !fixture.job("out").run().isReused)
    #expect(try difference(fixture.bytes("out"), fixture.bytes("fresh")) == nil)
    #expect(try fixture.names("out").allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test func aDamagedCheckpointIsNotTrusted() throws {
    let fixture = try TokenizeFixture(documents: 60)
    _ = try fixture.job("fresh").run()
    let checkpoint = fixture.folder.file("out_text_document.checkpoint.partial")
    try write(fixture, "out", batches: 4, checkpointAfter: 4)
    let whole = try FileSystem.contents(of: checkpoint)
    for length in stride(from: 0, to: whole.count, by: 97) {
      try write(fixture, "out", batches: 4, checkpointAfter: 4)
      try AtomicFile.replace(checkpoint, with: Array(whole[..<length]))
      _ = try fixture.job("out").run()
      #expect(try difference(fixture.bytes("out"), fixture.bytes("fresh")) == nil)
      for name in try fixture.names("out") { try FileSystem.remove(fixture.folder.file(name)) }
    }
    try write(fixture, "out", batches: 4, checkpointAfter: 4)
    try FileSystem.remove(fixture.folder.file("out_text_document.sizes.partial"))
    _ = try fixture.job("out").run()
    #expect(try difference(fixture.bytes("out"), fixture.bytes("fresh")) == nil)
  }

  /// A bit that turned in what an earlier run left never gets a final name.
  @Test(arguments: ["bin", "origin.bin", "sizes", "checkpoint"]) func aTurnedBitIsNotGoneOnFrom(suffix: String) throws {
    let fixture = try TokenizeFixture(documents: 60)
    _ = try fixture.job("fresh").run()
    let expected = try fixture.bytes("fresh")
    let path = fixture.folder.file("out_text_document.\(suffix).partial")
    var random = SeededGenerator(seed: 8)
    for batches in [4, .max] {
      for _ in 0..<12 {
        try write(fixture, "out", batches: batches, checkpointAfter: batches)
        var bytes = try FileSystem.contents(of: path)
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        try AtomicFile.replace(path + ".turned", with: bytes)
        try FileSystem.rename(path + ".turned", to: path)
        _ = try fixture.job("out").run()
        #expect(try difference(fixture.bytes("out"), expected) == nil)
        for name in try fixture.names("out") { try FileSystem.remove(fixture.folder.file(name)) }
      }
    }
  }

  private func findCheckpoint(_ fixture: TokenizeFixture, _ job: TokenizeJob) throws -> TokenizeState? {
    let plan = try plan(job)
    guard case .checkpoint(let found) = try plan.findOutput(rehash: false, policy: .stop) else { return nil }
    return found.state
  }

  private func plan(_ job: TokenizeJob) throws -> TokenizePlan {
    try TokenizePlan(job: job, files: CorpusFile.list(job.inputs), tokenizer: Tokenizer(path: job.tokenizer))
  }

  /// What a run leaves that is killed after so many batches.
  private func write(_ fixture: TokenizeFixture, _ output: String, batches: Int, checkpointAfter: Int) throws {
    let job = fixture.job(output)
    let plan = try plan(job)
    let files = try TokenizeOutput(plan, from: nil)
    let encoder = try BatchEncoder(plan, Tokenizer(path: job.tokenizer), policy: .stop)
    let reader = LineReader(plan.files, hashing: true, batchSize: job.batchSize)
    var count = 0
    while count < batches, let batch = try reader.next() {
      try files.append(encoder.encode(batch))
      count += 1
      if count == checkpointAfter { try files.checkpoint() }
    }
    if checkpointAfter == .max { try files.checkpoint() }
  }

  private func touch(_ path: String) throws {
    let date = Date(timeIntervalSinceNow: Double.random(in: -100_000 ... -1000))
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
  }
}
