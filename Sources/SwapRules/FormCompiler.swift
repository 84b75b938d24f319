import StructuredText
import UnicodeText

// Forms and the exceptions that contain them.
extension PackCompiler {
  /// Sorts the forms by their first letter run, then by what follows, of which no two stand at one place but for nothing,
  /// which is last, then the longest first; and gives each its exceptions.
  mutating func layOutForms(_ definition: PackDefinition) throws {
    try requireDistinctForms()
    let patterns = try exceptionPatterns(definition)
    let keyed = forms.enumerated().flatMap { index, form in
      Set(firstWords(of: form.text).map { spelling.folded(Self.firstRun(of: $0)) }).map { (key: $0, index: index) }
    }
    let continuations = forms.map { FormContinuation(rest(of: $0)) }
    // A word that is not known may be any of the known ones in capitals: "straße" and "strasse".
    let doubtful = Set(keyed.filter { continuations[$0.index] == .otherWord }.map(\.key))
    let placed = keyed.map { key, index in
      let continuation = continuations[index]
      let isDoubtful = continuation.isKnownWord && doubtful.contains(key)
      return (key: key, continuation: isDoubtful ? .otherWord : continuation, index: index)
    }
    let ordered = placed.sorted {
      let (left, right) = (forms[$0.index].text.utf8.count, forms[$1.index].text.utf8.count)
      return ($0.key, $0.continuation.code, right, $0.index) < ($1.key, $1.continuation.code, left, $1.index)
    }
    for item in ordered { append(forms[item.index], item.key, item.continuation, patterns[item.index] ?? []) }
  }

  private mutating func append(
    _ form: CompiledForm, _ key: String, _ continuation: FormContinuation, _ patterns: [ExceptionPattern]
  ) {
    parts.firstWords += firstWords(of: form.text).map { Array($0.utf8) }
    if key.utf8.count < form.text.utf8.count { parts.canOverlap = true }
    let cases = spelling.words(of: form.text).first ?? ("", "", "")
    for first in [cases.lower, cases.title, cases.upper] {
      parts.exceptionRanges.append(append(patterns, where: first))
    }
    let word = parts.text.slice(key)
    if parts.formIndex.last?.word == word {
      parts.formIndex[parts.formIndex.count - 1].value += 1
    } else {
      parts.formIndex.append(WordTable.Slot(word: word, value: UInt64(parts.forms.count) << 32 | 1))
    }
    parts.forms.append(
      Form(
        entry: form.entry, words: appendWords(of: form.text), continuation: continuation,
        isPlain: spelling.casePolicy != .exact && form.text.utf8.allSatisfy(\.isASCIILetter),
        plain: spelling.casePolicy == .exact ? PlainSpelling() : PlainSpelling(spelling.words(of: form.text))))
  }

  /// What a form has behind its first letters, folded.
  private func rest(of form: CompiledForm) -> [UInt8] {
    Array(spelling.folded(form.text).utf8.dropFirst(Self.firstRun(of: form.text).utf8.count))
  }

  /// The patterns that can hold where the form's first word is written so.
  private mutating func append(_ patterns: [ExceptionPattern], where first: String) -> ExceptionRange {
    let possible = patterns.filter { pattern in
      let word = Spellings.straight(parts.text.string(pattern.word))
      return !pattern.isExact || pattern.skippedFront > 0 || word == first || word.hasPrefix(first + " ")
    }
    let range = TableRange(first: UInt32(parts.exceptions.count), count: UInt32(possible.count))
    parts.exceptions += possible
    return ExceptionRange(range, possible)
  }

  private mutating func appendWords(of text: String) -> TableRange {
    let words = spelling.words(of: text)
    let range = TableRange(first: UInt32(parts.formWords.count), count: UInt32(words.count))
    parts.formWords += words.map {
      FormWord(lower: parts.text.slice($0.lower), title: parts.text.slice($0.title), upper: parts.text.slice($0.upper))
    }
    return range
  }

  /// A form's first word in each case.
  private func firstWords(of text: String) -> [String] {
    spelling.words(of: text).first.map { [$0.lower, $0.title, $0.upper] } ?? []
  }

  private func requireDistinctForms() throws {
    var places: [String: SourcePlace] = [:]
    for form in forms {
      if let first = places.updateValue(form.place, forKey: spelling.told(form.text)) {
        throw RulesFailure.definition(form.place, "form '\(form.text)' stands twice; the first is at \(first)")
      }
    }
  }

  private static func firstRun(of text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix { CharacterClass.of($0.value) == .letter }))
  }
}

// Exceptions.
extension PackCompiler {
  /// For each form, by index, the exceptions in which it stands as a word.
  private mutating func exceptionPatterns(_ definition: PackDefinition) throws -> [Int: [ExceptionPattern]] {
    var patterns: [Int: [ExceptionPattern]] = [:]
    let inverse = definition.header.direction == .both ? formsWritingEachOther(definition) : [:]
    let spelled = forms.indices.flatMap { index in
      Spellings.caseVariants(of: forms[index].text).map { (key: Spellings.fold($0), index: index) }
    }
    let folded = Dictionary(grouping: spelled, by: \.key).mapValues { $0.map(\.index) }
    let longest = folded.keys.map(\.unicodeScalars.count).max() ?? 0
    let longer = longerForms()
    for exception in definition.exceptions {
      guard let number = UInt16(exactly: exceptions.count) else {
        throw RulesFailure(.limit, at: exception.text.place, "more than 65,535 exceptions")
      }
      guard exception.text.text.utf8.count <= Self.longestException else {
        throw RulesFailure(.limit, at: exception.text.place, "an exception has at most \(Self.longestException) bytes")
      }
      let occurrences = spellings(of: exception, definition.header.apostrophes).flatMap { text in
        Self.occurrences(of: folded, longest, in: text)
      }
      for (index, before, word, after) in occurrences {
        add(exception, number, before: before, word: word, after: after, index, longer, &patterns)
        // What a true swap leaves alone one way it leaves alone the other way.
        for other in inverse[index] ?? [] {
          let other = (other, inCaseOf(word, forms[index].text, forms[other].text))
          add(exception, number, before: before, word: other.1, after: after, other.0, longer, &patterns)
        }
      }
      guard !occurrences.isEmpty || exception.isInherited || forms.isEmpty else {
        throw RulesFailure.definition(exception.text.place, "no form of the lexicon stands in this exception")
      }
      exceptions.append(
        RulePack.Exception(text: exception.text.text, reason: exception.reason, place: exception.text.place))
    }
    return patterns
  }

  /// More than this would not be seen whole around every match.
  private static let longestException = 256

  /// The ways to write an exception's text: with either apostrophe, and, unless it holds as it is written alone, in all cases.
  private func spellings(of exception: ExceptionDefinition, _ apostrophes: [String]) -> [String] {
    let text = exception.text.text
    let cases = exception.isExact ? [text] : Spellings.caseVariants(of: text)
    guard Spellings.straight(text).contains("'") else { return cases }
    return cases.map(Spellings.straight).flatMap { text in apostrophes.map { text.replacing("'", with: $0) } }
  }

  /// Adds the exception to a form and to the longer forms that hold its words.
  private mutating func add(
    _ exception: ExceptionDefinition, _ number: UInt16, before: String, word: String, after: String, _ index: Int,
    _ longerForms: [String: [FormPlace]], _ patterns: inout [Int: [ExceptionPattern]]
  ) {
    var pattern = ExceptionPattern(
      index: number, word: parts.text.slice(word), before: parts.text.slice(before), after: parts.text.slice(after),
      isExact: exception.isExact, front: BytesAtMatch(after.utf8), back: BytesAtMatch(before.utf8.reversed()))
    patterns[index, default: []].append(pattern)
    for place in longerForms[forms[index].text] ?? [] {
      let words = forms[place.form].text.split(separator: " ")
      let (front, back) = (words[..<place.words.lowerBound], words[place.words.upperBound...])
      guard Self.agree(after, back.map { " " + $0 }.joined(), fromEnd: false),
        Self.agree(before, front.map { $0 + " " }.joined(), fromEnd: true)
      else { continue }
      pattern.skippedFront = front.count
      pattern.skippedBack = back.count
      pattern.front = back.isEmpty ? BytesAtMatch(after.utf8) : BytesAtMatch()
      pattern.back = front.isEmpty ? BytesAtMatch(before.utf8.reversed()) : BytesAtMatch()
      patterns[place.form, default: []].append(pattern)
    }
  }

  /// Some of a form's words.
  private struct FormPlace {
    let form: Int
    let words: Range<Int>
  }

  /// For each run of words the forms that have more than it, in their order.
  private func longerForms() -> [String: [FormPlace]] {
    var places: [String: [FormPlace]] = [:]
    for (form, text) in forms.map(\.text).enumerated() {
      let words = text.split(separator: " ")
      for first in words.indices {
        for end in first + 1...words.count where end - first < words.count {
          places[words[first..<end].joined(separator: " "), default: []].append(
            FormPlace(form: form, words: first..<end))
        }
      }
    }
    return places
  }

  /// False if what an exception has beside a form cannot be what a longer form has there: "He II" says nothing of "he was". As
  /// far as the form has ASCII letters, digits and spaces, which stand in a text as they are.
  private static func agree(_ text: String, _ form: String, fromEnd: Bool) -> Bool {
    let (text, form) = (Array(text.utf8), Array(form.utf8))
    for (byte, other) in fromEnd ? Array(zip(text.reversed(), form.reversed())) : Array(zip(text, form)) {
      guard other == 0x20 || other.isASCIIWordByte else { return true }
      if byte.foldedASCII != other.foldedASCII { return false }
    }
    return true
  }

  /// For each form, by index, the forms that its entry writes.
  private func formsWritingEachOther(_ definition: PackDefinition) -> [Int: [Int]] {
    let indices = Dictionary(forms.enumerated().map { ($1.text, $0) }) { first, _ in first }
    return Dictionary(
      uniqueKeysWithValues: forms.enumerated().map { index, form in
        (
          index,
          Set(definition.lexicon[Int(form.entry)].branches.compactMap(\.word)).compactMap { indices[$0] }.sorted()
        )
      })
  }

  private func inCaseOf(_ word: String, _ form: String, _ other: String) -> String {
    let code = spelling.cases(of: form).firstIndex(of: word) ?? 0
    let letterCase = LetterCase(code: code, words: spelling.words(of: form).count)
    return spelling.cases(of: other)[letterCase.carried(to: spelling.words(of: other).count) ?? 0]
  }

  /// Where forms stand in a text, not next to a letter or digit, in the forms' order. `forms` are numbers by the folded form, of
  /// which the longest has `longest` scalars.
  private static func occurrences(
    of forms: [String: [Int]], _ longest: Int, in text: String
  ) -> [(form: Int, before: String, word: String, after: String)] {
    let scalars = Array(text.unicodeScalars)
    let isWord = scalars.map(isWordScalar)
    var found: [(form: Int, before: String, word: String, after: String)] = []
    for start in scalars.indices where start == 0 || !isWord[start - 1] {
      for end in start + 1..<min(scalars.count, start + longest) + 1 where end == scalars.count || !isWord[end] {
        let word = string(scalars[start..<end])
        guard let place = forms.index(forKey: Spellings.fold(word)),
          forms[place].key.unicodeScalars.count == end - start
        else { continue }
        for form in forms[place].value {
          found.append((form, string(scalars[..<start]), word, string(scalars[end...])))
        }
      }
    }
    return found.enumerated().sorted { ($0.element.form, $0.offset) < ($1.element.form, $1.offset) }.map(\.element)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    [.letter, .number].contains(CharacterClass.of(scalar.value)) || isCombiningMark(scalar.value)
  }
}
