import UnicodeText

/// Finds a pack's words in text and decides each. One per worker.
///
/// `rules apply`, `rules test` and the pipeline all call ``candidates(in:from:to:into:)``.
public final class Matcher {
  public let pack: RulePack
  let tables: Tables
  let normalization: Normalization
  let regexes: [RegexMatcher]

  /// Throws for a `token-id` pack, which reads no text.
  public init(_ pack: RulePack) throws(RulesFailure) {
    guard pack.boundaries != .tokenID else {
      throw RulesFailure(
        .unsupported, at: nil, "\(pack.name) maps token ids and has nothing to say about text; use it in a pipeline")
    }
    self.pack = pack
    tables = pack.tables
    regexes = pack.tables.regexes.map(RegexMatcher.init)
    do {
      normalization = try Normalization.shared()
    } catch {
      throw RulesFailure(.library, at: nil, "\(error)")
    }
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
    guard start < end else { return }
    if tables.spacedWords.count > 0 { return findSpacedWords(in: segment, start..<end, &candidates) }
    var chain = MatchChain()
    var position = tables.canOverlap ? cleanStart(before: start, segment) : start
    while let place = wordStart(segment.bytes, from: position, to: end) {
      let run = letterRun(segment.bytes, place)
      if let match = match(at: place, to: run, segment), chain.takes(match), match.start >= start {
        candidates.append(decide(match, segment, chain))
      }
      position = max(run, place + 1)
    }
  }

  /// As ``candidates(in:from:to:into:)``, but looks only at `places`, which are in order and apart: for a caller that knows
  /// where candidates can begin (see ``RulePack/formBeginnings``).
  public func candidates(in segment: SegmentText, at places: [Range<Int>], into candidates: inout [Candidate]) {
    for place in places {
      self.candidates(in: segment, from: place.lowerBound, to: place.upperBound, into: &candidates)
    }
  }

  /// The next place that may begin a form, or nil if there is none before `end`.
  func wordStart(_ bytes: UnsafeBufferPointer<UInt8>, from: Int, to end: Int) -> Int? {
    let firstBytes = tables.firstBytes
    var position = from
    while position < end {
      if firstBytes[Int(bytes[position])] != 0,
        position == 0 || !bytes[position - 1].isASCIILetter && !bytes[position - 1].isASCIIDigit
      {
        return position
      }
      position += 1
    }
    return nil
  }

  /// The longest form that stands at `start` as a word; `run` is where the letters there end.
  func match(at start: Int, to run: Int, _ segment: SegmentText) -> Match? {
    guard run - start <= tables.longestFirstRun,
      let value = tables.formIndex.value(of: FoldedWord(segment.bytes, start, run))
    else { return nil }
    var isCut = false
    for form in Int(value >> 32)..<Int(value >> 32) + Int(value & 0xFFFF_FFFF) {
      switch spelling(of: tables.forms[form], segment, start) {
      case .no: continue
      case .cut: isCut = true
      case .yes(let end, let letterCase):
        var match = Match(form: form, start: start, end: end, letterCase: letterCase)
        match.standing = standing(of: match, TextView(segment, around: start, end))
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
struct Match {
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
}
