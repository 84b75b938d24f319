import UnicodeText

/// Finds a pack's words in text and decides each. One per worker.
///
/// `rules apply`, `rules test` and the pipeline all call ``candidates(in:from:to:into:)``.
public final class Matcher {
  public let pack: RulePack
  let tables: Tables
  let normalization: Normalization
  let regexes: [RegexMatcher]
  /// For packs with a learnt table: looking up classes alone is as quick.
  let memory: WordMemory?
  /// For one ``BeginningReader`` at a time.
  let places = UnsafeMutableBufferPointer<Int>.allocate(capacity: BeginningReader.room)
  /// Candidates that an array takes together.
  private let decided = UnsafeMutableBufferPointer<Candidate>.allocate(capacity: 32)
  /// For one decision at a time.
  let around = UnsafeMutablePointer<Surroundings>.allocate(capacity: 1)

  /// Throws for a `token-id` pack, which reads no text.
  public init(_ pack: RulePack) throws(RulesFailure) {
    guard pack.boundaries != .tokenID else {
      throw RulesFailure(
        .unsupported, at: nil, "\(pack.name) maps token ids and has nothing to say about text; use it in a pipeline")
    }
    self.pack = pack
    tables = pack.tables
    memory = pack.tables.learnt.isEmpty ? nil : WordMemory(pack.tables)
    regexes = pack.tables.regexes.map(RegexMatcher.init)
    let nothing = TextView(SegmentText(UnsafeBufferPointer(start: nil, count: 0)), around: 0, 0)
    around.initialize(to: Surroundings(nothing, tables, memory, wordCase: .lower, start: 0, end: 0))
    do {
      normalization = try Normalization.shared()
    } catch {
      throw RulesFailure(.library, at: nil, "\(error)")
    }
  }

  deinit {
    places.deallocate()
    decided.deallocate()
    around.deallocate()
    memory?.deallocate()
  }

  /// Appends the candidates whose first byte lies in `from..<to`, in order, without overlaps.
  ///
  /// Of overlapping matches the first is taken, of those that begin together the longest. A decision depends on the 1,024
  /// bytes of the segment on either side of its match and on nothing else, so a segment may be asked for in any parts.
  /// Linear in the bytes; a candidate costs a bounded number of steps.
  public func candidates(
    in segment: SegmentText, from: Int = 0, to: Int? = nil, into candidates: inout [Candidate]
  ) {
    let start = max(0, from)
    let end = min(to ?? segment.bytes.count, segment.bytes.count)
    var clearances = Clearances()
    find(in: segment, start, end, &clearances, &candidates)
  }

  private func find(
    in segment: SegmentText, _ start: Int, _ end: Int, _ clearances: inout Clearances, _ candidates: inout [Candidate]
  ) {
    guard start < end else { return }
    if tables.spacedWords.count > 0 { return findSpacedWords(in: segment, start..<end, &candidates) }
    var chain = MatchChain()
    var count = 0
    var position = tables.canOverlap ? cleanStart(before: start, segment) : start
    var beginnings = BeginningReader(position..<end, places)
    while let place = beginnings.next(from: position, tables.scan, in: segment.bytes) {
      let word = forms(at: place, segment.bytes)
      position = max(word.end, place + 1)
      let forms = possible(word.forms, behind: word.end, segment.bytes)
      if forms.isEmpty { continue }
      let match =
        plainMatch(at: place, forms, to: word.end, segment) ?? match(at: place, forms, to: word.end, segment)
      if let match, chain.takes(match), match.start >= start {
        if count == decided.count { flush(&count, &candidates) }
        decide(match, segment, chain, &clearances, into: decided.baseAddress! + count)
        count &+= 1
      }
    }
    flush(&count, &candidates)
  }

  private func flush(_ count: inout Int, _ candidates: inout [Candidate]) {
    candidates.append(contentsOf: decided[..<count])
    count = 0
  }

  /// As ``candidates(in:from:to:into:)``, but looks only at `places`, which are in order and apart: for a caller that knows
  /// where candidates can begin (see ``RulePack/formBeginnings``).
  public func candidates(in segment: SegmentText, at places: [Range<Int>], into candidates: inout [Candidate]) {
    var clearances = Clearances()
    for place in places {
      find(in: segment, place.lowerBound, min(place.upperBound, segment.bytes.count), &clearances, &candidates)
    }
  }

  /// Where the letters at `place` end, and the forms that begin with them.
  @inline(always)
  func forms(at place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> (end: Int, forms: Range<Int>) {
    guard case .word(let end, let value) = tables.formIndex.short.word(in: bytes, at: place) else {
      return formsOfAny(at: place, bytes)
    }
    return (end, Self.forms(value))
  }

  /// ``forms(at:_:)`` without the short way.
  func formsOfAny(at place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> (end: Int, forms: Range<Int>) {
    let end = letterRun(bytes, place)
    if end - place > tables.longestFirstRun { return (end, 0..<0) }
    return (end, Self.forms(tables.formIndex.value(of: FoldedWord(bytes, place, end))))
  }

  /// What the index has of a word.
  @inline(always)
  private static func forms(_ value: UInt64?) -> Range<Int> {
    guard let value else { return 0..<0 }
    let first = Int(truncatingIfNeeded: value &>> 32)
    return Range(uncheckedBounds: (first, first &+ Int(truncatingIfNeeded: value & 0xFFFF_FFFF)))
  }

  /// Of the forms that begin with letters that end at `run` those that what stands there does not plainly rule out.
  @inline(always)
  func possible(_ forms: Range<Int>, behind run: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    forms.count < 2
      ? forms
      : tables.fronts[forms.lowerBound].possible(
        forms, behind: run, in: bytes, tables.continuations.baseAddress!)
  }

  /// The longest form that stands at `start` as a word, overlapping matches aside.
  func match(at start: Int, _ segment: SegmentText) -> Match? {
    let word = forms(at: start, segment.bytes)
    return match(at: start, word.forms, to: word.end, segment)
  }

  /// The same, where it is the only one, of one word, and stands in plain text: nearly always.
  @inline(always)
  func plainMatch(at start: Int, _ forms: Range<Int>, to run: Int, _ segment: SegmentText) -> Match? {
    guard forms.count == 1, tables.forms[forms.lowerBound].isPlain else { return nil }
    let beside = segment.beside(start, run)
    if beside == .other { return nil }
    return Match(
      form: forms.lowerBound, start: start, end: run, letterCase: LetterCase(ofLetters: start..<run, in: segment.bytes),
      beside: beside)
  }

  /// The longest of `forms` that stands at `start` as a word; `run` is where the letters there end.
  func match(at start: Int, _ forms: Range<Int>, to run: Int, _ segment: SegmentText) -> Match? {
    var isCut = false
    let following = FormContinuation.Seen(segment, behind: run)
    let (words, others) = grouped(forms, following)
    if let match = firstMatch(at: start, words, to: run, following, &isCut, segment) { return match }
    return firstMatch(at: start, others, to: run, following, &isCut, segment)
  }

  /// Of many forms those that go on with the next word, where that is known, and those that go on with no known word.
  private func grouped(_ forms: Range<Int>, _ following: FormContinuation.Seen) -> (Range<Int>, Range<Int>) {
    guard forms.count > 1, let word = following.word, let groups = tables.fronts[forms.lowerBound].groups else {
      return (forms, forms.upperBound..<forms.upperBound)
    }
    let starts = tables.groups.baseAddress! + Int(groups)
    let code = Int(word.code)
    return (Int(starts[code])..<Int(starts[code + 1]), Int(starts[Int(FormContinuation.hashes)])..<forms.upperBound)
  }

  private func firstMatch(
    at start: Int, _ forms: Range<Int>, to run: Int, _ following: FormContinuation.Seen, _ isCut: inout Bool,
    _ segment: SegmentText
  ) -> Match? {
    for index in forms where following.allows(tables.forms[index].continuation) {
      let form = tables.forms[index]
      switch form.isPlain
        ? .yes(end: run, LetterCase(ofLetters: start..<run, in: segment.bytes)) : spelling(of: form, segment, start)
      {
      case .no: continue
      case .cut: isCut = true
      case .yes(let end, let letterCase):
        var match = asWritten(
          Match(form: index, start: start, end: end, letterCase: letterCase), or: index + 1..<forms.upperBound, segment)
        let view = TextView(segment, around: start, end)
        match.beside = segment.beside(start, end)
        if match.beside == .other { match.standing = standing(of: match, view) }
        if match.standing == .withinWord || isBrokenOff(match, segment) { continue }
        // A longer form may stand here.
        if isCut { match.standing = .unknown }
        return match
      }
    }
    return nil
  }

  /// The end of the letters that begin at `start`, or a place beyond the longest first run.
  func letterRun(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var position = start
    let limit = min(bytes.count, start + tables.longestFirstRun + 1)
    while position < limit {
      if bytes[position].isASCIILetter {
        position += 1
        continue
      }
      guard bytes[position] >= 0x80,
        case .scalar(let scalar, let length) = UTF8Text.read(bytes, at: position, end: bytes.count),
        TextView.isLetter(scalar)
      else { break }
      position += length
    }
    return position
  }

}

/// A form found in a text as a word.
struct Match: Equatable {
  /// Bytes that a match has at most: what its form has, wider apostrophes and the white space of line breaks.
  static let maximumLength = 128

  enum Standing {
    /// A letter, digit or mark stands beside it: no word.
    case withinWord
    case unknown
    /// Something joins its last letter.
    case joined
    case free
  }

  let form: Int
  let start: Int
  let end: Int
  /// Nil for a mix of cases within a word.
  let letterCase: LetterCase?
  var standing = Standing.free
  /// If it is not other, nothing stands beside the match that makes it no word.
  var beside = Beside.other

  var isPlain: Bool { beside == .plain }
}
