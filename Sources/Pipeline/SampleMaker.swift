import ByteIO
import Intervention
import TokenDataset
import TrainingOrder

/// Makes ranges of sequences as bytes: one for each worker.
final class SampleMaker {
  /// A range of sequences, done.
  struct Batch {
    var window: [UInt8] = []
    var control: [UInt8] = []
    var log: [UInt8] = []
    var counts = WindowCounts()
  }

  private let plan: WindowPlan
  private let order: RunOrder
  private let intervener: Intervener<BaseData>
  private let randomEdits: RandomEdits<BaseData>?
  private let retokenizer: SampleRetokenizer?
  private let isEligible: (Span) -> Bool
  private let lines: EditLogLine?
  private let reportCounter: ReportCounter
  private var readAhead = ReadAhead()
  private var spans: [Span] = []
  private(set) var record = SampleRecord()
  /// Samples that were copied, since nothing can change in them.
  private(set) var copyCount = 0
  /// Of a sample in which nothing changed.
  private let untouched = SampleRecord()

  init(_ plan: WindowPlan, _ order: RunOrder, log: Bool) throws {
    self.plan = plan
    self.order = order
    intervener = try Intervener(plan.intervention, base: plan.base)
    let (base, length) = (plan.base, plan.sampleLength)
    randomEdits = try plan.pairs.map { try RandomEdits($0, plan.tokenizer, sampleLength: length, base: base) }
    retokenizer = try plan.retokenization.map { try SampleRetokenizer($0, plan.tokenizer) }
    isEligible = plan.eligibility()
    lines = log ? EditLogLine(packs: plan.packs, pairs: plan.pairs, batchSize: plan.run.batchSize) : nil
    reportCounter = ReportCounter(plan)
  }

  /// Makes one sample into `record`.
  func make(_ sequence: Int) throws {
    try order.spans(ofSequence: sequence, into: &spans)
    var following: (() throws -> Span?)?
    try intervener.intervene(
      sequence: sequence, spans: spans, isEligible: isEligible,
      following: {
        if following == nil { following = try order.spans(afterSequence: sequence) }
        return try following!()
      }, into: &record)
    try retokenizer?.retokenize(&record)
    try randomEdits?.makeControl(sequence: sequence, spans: spans, into: &record)
  }

  /// The last sample as the control arm has it.
  var control: [UInt32] { randomEdits == nil ? record.control : record.matched }

  private func askForBase(of sequences: Range<Int>) throws {
    for sequence in sequences {
      try order.spans(ofSequence: sequence, into: &spans)
      for span in spans { plan.base.willNeed(span) }
    }
  }

  func batch(_ sequences: Range<Int>, control: Bool) throws -> Batch {
    let reads = MappedFile.storageReads
    defer { readAhead.note(reads: MappedFile.storageReads - reads) }
    if readAhead.isNeeded { try askForBase(of: sequences) }
    var batch = Batch()
    batch.window.reserveCapacity(sequences.count * plan.sampleLength * plan.tokenType.byteCount)
    for sequence in sequences {
      if try copyUntouched(sequence, control: control, to: &batch) { continue }
      try make(sequence)
      plan.tokenType.append(record.window, to: &batch.window)
      if control { plan.tokenType.append(self.control, to: &batch.control) }
      lines?.append(record, sequence: sequence, to: &batch.log)
      batch.counts.add(record)
      reportCounter.add(record, sequence: sequence, spans: spans, to: &batch.counts.report)
    }
    return batch
  }
}

extension SampleMaker {
  /// Copies a sample in which nothing can change. False where that is not sure, and nothing is added then.
  private func copyUntouched(_ sequence: Int, control: Bool, to batch: inout Batch) throws -> Bool {
    guard plan.tokenType == .uint16, retokenizer == nil else { return false }
    try order.spans(ofSequence: sequence, into: &spans)
    let bytes = plan.itemBytes
    let start = batch.window.count
    var pronouns: PronounCounts?
    try batch.window.append(addingCapacity: bytes) { room in
      try room.withUnsafeMutableBufferPointer { room, count in
        let target = UnsafeMutableRawPointer(room.baseAddress! + count).assumingMemoryBound(to: UInt16.self)
        pronouns = try intervener.copyUntouched(spans, isEligible: isEligible, to: target)
        if pronouns != nil { count += bytes }
      }
    }
    guard let pronouns else { return false }
    if control { batch.control.append(contentsOf: batch.window[start...]) }
    copyCount += 1
    batch.counts.add(untouched: plan.sampleLength, pronouns)
    reportCounter.add(untouched, sequence: sequence, spans: spans, to: &batch.counts.report)
    return true
  }
}

extension TokenType {
  /// Appends ids as they are stored, little-endian. The ids fit: they come from data of this type or its vocabulary.
  func append(_ ids: [UInt32], to bytes: inout [UInt8]) {
    switch byteCount {
    case 1: append(ids, as: UInt8.self, to: &bytes)
    case 2: append(ids, as: UInt16.self, to: &bytes)
    case 4: append(ids, as: UInt32.self, to: &bytes)
    default: append(ids, as: UInt64.self, to: &bytes)
    }
  }

  private func append<Value: FixedWidthInteger>(_ ids: [UInt32], as type: Value.Type, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: ids.count * MemoryLayout<Value>.size))
    bytes.withUnsafeMutableBytes { bytes in
      ids.withUnsafeBufferPointer { ids in
        for index in ids.indices {
          let value = Value(truncatingIfNeeded: ids[index]).littleEndian
          bytes.storeBytes(of: value, toByteOffset: start &+ index &* MemoryLayout<Value>.size, as: Value.self)
        }
      }
    }
  }
}
