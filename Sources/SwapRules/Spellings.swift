import StructuredText
import UnicodeText

/// The cases of a pack's words, and what may be matched and written at all.
struct Spellings {
  let casePolicy: CasePolicy
  private let normalization: Normalization

  init(casePolicy: CasePolicy) throws {
    self.casePolicy = casePolicy
    do {
      normalization = try Normalization.shared()
    } catch {
      throw RulesFailure(.library, at: nil, "\(error)")
    }
  }

  /// A text's words, each in lower, Title and UPPER case. Under `case: exact` all three are the word as it is written.
  func words(of text: String) -> [(lower: String, title: String, upper: String)] {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let word = String(word)
      if casePolicy == .exact { return (word, word, word) }
      return (word, Self.titlecased(word), word.uppercased())
    }
  }

  /// Of ligatures and digraphs only the first letter is large: "ﬁt" and "Fit", "ǆ" and "ǅ".
  private static func titlecased(_ word: String) -> String {
    guard let first = word.unicodeScalars.first else { return word }
    return first.properties.titlecaseMapping + String(word.unicodeScalars.dropFirst())
  }

  /// A text in all cases, each word for itself, in the order of ``LetterCase/code``.
  func cases(of text: String) -> [String] {
    words(of: text).reversed().reduce([]) { rests, word in
      let cases = [word.lower, word.title, word.upper]
      if rests.isEmpty { return cases }
      return rests.flatMap { rest in cases.map { $0 + " " + rest } }
    }
  }

  func folded(_ text: String) -> String { Self.fold(text) }

  /// ASCII letters lower, ’ as ': what the tables hold and ``FoldedWord`` reads.
  static func fold(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "A"..."Z": scalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
      case "’": scalars.append("'")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// A text as it can be written whole: as it is, in lower case, in capitals, and with a capital at its beginning or of each word.
  /// What differs in the case of ASCII letters alone is left out, since ``FoldedWord`` takes those as the same.
  static func caseVariants(of text: String) -> [String] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return [text] }
    let lower = text.lowercased()
    let words = lower.split(separator: " ", omittingEmptySubsequences: false).map { titlecased(String($0)) }
    let variants = [text, lower, text.uppercased(), titlecased(lower), words.joined(separator: " ")]
    var seen: Set<[UInt8]> = []
    return variants.filter { seen.insert($0.utf8.map(\.foldedASCII)).inserted }
  }

  /// ’ as '.
  static func straight(_ text: String) -> String { text.replacing("’", with: "'") }

  /// What is the same whatever its case: for lints, which compare words with each other and not with texts.
  static func caseless(_ text: String) -> String { fold(text.lowercased()) }

  /// What tells one form from another: its letters, under `case: exact` with their case. ’ is '.
  func told(_ form: String) -> String { casePolicy == .exact ? Self.straight(form) : folded(form) }

  /// A form is up to four words with one space between them: letters, with single apostrophes between them; in lower
  /// case where case is carried over.
  func check(form: Located) throws {
    let words = form.text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count <= LetterCase.maximumWords, words.allSatisfy(Self.isWord), form.text.utf8.count <= 64 else {
      throw RulesFailure.definition(
        form.place, "found '\(form.text)', expected one to four words of letters, at most 64 bytes")
    }
    guard casePolicy == .exact || form.text == form.text.lowercased() else {
      throw RulesFailure.definition(
        form.place, "found '\(form.text)', expected lower case: case is carried over (or set 'case: exact')")
    }
    try requireNormalized(form)
  }

  private static func isWord(_ text: Substring) -> Bool {
    fold(String(text)).split(separator: "'", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.unicodeScalars.allSatisfy { CharacterClass.of($0.value) == .letter }
    }
  }

  /// `'s`, `'d've`: folded.
  func clitic(_ clitic: Located) throws -> String {
    let text = Self.fold(clitic.text)
    let parts = text.split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0].isEmpty,
      parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIILetter) }), text.utf8.count <= 16
    else { throw RulesFailure.definition(clitic.place, "found '\(clitic.text)', expected a clitic such as 's") }
    return text
  }

  /// What is written must read back as it is: NFC, beginning with a starter, without added tokens, on one line.
  func check(replacement: Located) throws {
    try requireNormalized(replacement)
    let text = replacement.text
    guard let first = text.unicodeScalars.first else {
      throw RulesFailure.definition(replacement.place, "a replacement cannot be empty")
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.allSatisfy({ !$0.isEmpty }), words.count <= LetterCase.maximumWords else {
      throw RulesFailure.definition(
        replacement.place, "found '\(text)', expected at most four words with one space between them and none around")
    }
    guard normalization.hasBoundaryBefore(first.value), !isCombiningMark(first.value) else {
      throw RulesFailure.definition(
        replacement.place, "'\(text)' begins with a character that joins the one before it")
    }
    guard !text.contains("<|"), !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw RulesFailure.definition(
        replacement.place, "'\(text)' holds a control character or the mark of an added token, '<|'")
    }
  }

  private func requireNormalized(_ text: Located) throws {
    do {
      let isNormalized = try Array(text.text.utf8).withUnsafeBufferPointer { try normalization.isNormalized($0) }
      guard !isNormalized else { return }
    } catch {
      throw RulesFailure(.library, at: text.place, "\(error)")
    }
    throw RulesFailure.definition(
      text.place, "'\(text.text)' is not in Unicode normalization form C; retype it composed")
  }
}
