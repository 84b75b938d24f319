/// A compiled pack in plain memory: what the matcher reads, with nothing to retain or release.
final class Tables: @unchecked Sendable {  // immutable after init
  let text: TextTable
  /// Folded first letter runs of all forms; the value is a range in `forms`.
  let formIndex: WordTable
  let forms: UnsafeBufferPointer<Form>
  let formWords: UnsafeBufferPointer<FormWord>
  /// For each form that is the first with its first letters what is known of those.
  let fronts: UnsafeBufferPointer<FormFront>
  /// See ``FormFront/groups``.
  let groups: UnsafeBufferPointer<UInt32>
  /// See ``FormContinuation/place``.
  let continuations: UnsafeBufferPointer<UInt64>
  /// Three for each form, as of ``exceptionRanges``: what is written for it where nothing else has a say.
  let settledForms: UnsafeBufferPointer<SettledForm>
  /// Of an `ascii-space` pack, which has no other forms.
  let spacedWords: UnsafeBufferPointer<SpacedWord>
  /// Words of the classes that conditions name; the value is a bit a class.
  let classes: WordTable
  let entries: UnsafeBufferPointer<Entry>
  let branches: UnsafeBufferPointer<Branch>
  /// What decides where paired forms are swapped and an entry has several branches: `RulePack.branches` has one more.
  var pairedBranch: UInt16 { UInt16(truncatingIfNeeded: branches.count) }
  let nodes: UnsafeBufferPointer<Node>
  let children: UnsafeBufferPointer<UInt32>
  /// Marks, endings, clitics and counterparts, named by ranges.
  let slices: UnsafeBufferPointer<ByteSlice>
  /// The branches of each entry as a program.
  let steps: UnsafeBufferPointer<ChoiceStep>
  /// Where the programs begin that have a number.
  let programs: [UInt32]
  let textTests: TextTests
  let exceptions: UnsafeBufferPointer<ExceptionPattern>
  /// Three for each form: where its first word is lower, Title or UPPER.
  let exceptionRanges: UnsafeBufferPointer<ExceptionRange>
  let guards: UnsafeBufferPointer<GuardRule>
  /// Indices of guards: all, and those that a word in plain text with no mark of code ahead can be inside of.
  let allGuards: UnsafeBufferPointer<UInt16>
  let guardsInPlainText: UnsafeBufferPointer<UInt16>
  /// Of these, `foreign` is one; there are others.
  let guardsForeignPassages: Bool
  let hasOtherGuardsInPlainText: Bool
  let regexes: [RegexPattern]
  let learnt: [LearntScorer]
  /// The same, unretained: a choice asks them.
  let scorers: UnsafeBufferPointer<Unmanaged<LearntScorer>>
  let scan: WordScan
  /// Of the guard `foreign`.
  let languages: LanguageWords
  let longestFirstRun: Int
  let longestClassWord: Int
  let allowsTypographicApostrophe: Bool
  let allowsASCIIApostrophe: Bool
  /// Some form has more than one run of letters, so that matches can overlap.
  let canOverlap: Bool
  let swapsPairedForms: Bool
  let guardsCode: Bool

  init(_ parts: TableParts) {
    text = TextTable(bytes: Self.copy(parts.text.bytes))
    formIndex = WordTable(parts.formIndex, text: text)
    forms = Self.copy(parts.forms)
    formWords = Self.copy(parts.formWords)
    let (fronts, groups, continuations) = parts.fronts
    self.fronts = Self.copy(fronts)
    self.groups = Self.copy(groups)
    self.continuations = Self.copy(continuations)
    settledForms = Self.copy(parts.settledForms)
    spacedWords = Self.copy(parts.spacedWords)
    classes = WordTable(parts.classes, text: text)
    var choices = ChoiceCompiler(parts)
    var programs: [UInt32] = []
    entries = Self.copy(
      parts.entries.map { entry in
        var entry = entry
        entry.program = choices.add(entry)
        if let program = entry.program, program & ChoiceStep.Outcome.flag == 0,
          programs.count < WordMemory.maximumPrograms
        {
          entry.programNumber = UInt8(programs.count)
          programs.append(program)
        }
        return entry
      })
    self.programs = programs
    steps = Self.copy(choices.steps)
    textTests = TextTests(choices.tests, parts.slices, text)
    branches = Self.copy(parts.branches)
    nodes = Self.copy(parts.nodes)
    children = Self.copy(parts.children)
    slices = Self.copy(parts.slices)
    exceptions = Self.copy(parts.exceptions)
    exceptionRanges = Self.copy(parts.exceptionRanges)
    guards = Self.copy(parts.guards)
    allGuards = Self.copy(parts.guards.indices.map(UInt16.init))
    guardsInPlainText = Self.copy(
      parts.guards.indices.filter {
        parts.guards[$0].span.reachesOverSpaces && !parts.guards[$0].span.needsCodeMarks
      }.map(UInt16.init))
    guardsForeignPassages = guardsInPlainText.contains { parts.guards[Int($0)].span == .foreign }
    hasOtherGuardsInPlainText = guardsInPlainText.contains { parts.guards[Int($0)].span != .foreign }
    regexes = parts.regexes
    learnt = parts.learnt
    scorers = Self.copy(parts.learnt.map(Unmanaged.passUnretained))
    scan = WordScan(parts.firstWords)
    languages = LanguageWords(forms: formIndex)
    longestFirstRun = parts.formIndex.map { Int($0.word.count) }.max() ?? 0
    longestClassWord = parts.classes.map { Int($0.word.count) }.max() ?? 0
    allowsTypographicApostrophe = parts.apostrophes.contains("’")
    allowsASCIIApostrophe = parts.apostrophes.contains("'")
    canOverlap = parts.canOverlap
    swapsPairedForms = parts.swapsPairedForms
    guardsCode = parts.guards.contains { [.inlineCode, .codeFence, .tag].contains($0.span) }
  }

  deinit {
    text.bytes.deallocate()
    formIndex.deallocate()
    forms.deallocate()
    formWords.deallocate()
    fronts.deallocate()
    groups.deallocate()
    continuations.deallocate()
    settledForms.deallocate()
    spacedWords.deallocate()
    classes.deallocate()
    entries.deallocate()
    branches.deallocate()
    nodes.deallocate()
    children.deallocate()
    slices.deallocate()
    steps.deallocate()
    scorers.deallocate()
    textTests.deallocate()
    exceptions.deallocate()
    exceptionRanges.deallocate()
    guards.deallocate()
    allGuards.deallocate()
    guardsInPlainText.deallocate()
    scan.deallocate()
    languages.deallocate()
  }

  /// The exceptions that can hold for a form of which the first word is written so.
  @inline(always)
  func exceptions(ofForm form: Int, _ wordCase: WordCase) -> UnsafePointer<ExceptionRange> {
    // In the range of every form's three.
    exceptionRanges.baseAddress! + (form &* 3 &+ wordCase.number)
  }

  /// What a replacement is in lower case.
  func lowerText(of replacement: Replacement) -> UnsafeBufferPointer<UInt8> {
    text[slices[Int(replacement.cases.first)]]
  }

  /// A copy that lives until `deinit`. Elements are plain values.
  static func copy<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = buffer.initialize(from: elements)
    return UnsafeBufferPointer(buffer)
  }
}

extension TableParts {
  /// For each form that is the first with its first letters what is known of those, nothing for the others; and what those name.
  var fronts: (fronts: [FormFront], groups: [UInt32], continuations: [UInt64]) {
    var (groups, continuations): ([UInt32], [UInt64]) = ([], [])
    var fronts = [FormFront](repeating: FormFront(), count: forms.count)
    for slot in formIndex {
      let range = Int(slot.value >> 32)..<Int(slot.value >> 32) + Int(slot.value & 0xFFFF_FFFF)
      if range.count > 1 { fronts[range.lowerBound] = FormFront(range, of: forms, &groups, &continuations) }
    }
    return (fronts, groups, continuations)
  }
}

/// What a form of one word becomes in one case, if its entry's first branch holds always and leads back without a doubt.
struct SettledForm: Equatable {
  var isSettled = false
  /// Its entry has counterparts in paired forms.
  var isPaired = false
  var replacement = ByteSlice(offset: 0, count: 0)
}

extension TableParts {
  var settledForms: [SettledForm] {
    forms.flatMap { form in
      LetterCase.ofOneWord.map { letterCase in
        let entry = entries[Int(form.entry)]
        guard form.isPlain, let index = entry.branches.indices.first, branches[index].isSettled,
          !branches[index].isUncertain, let replacement = branches[index].replacement,
          let code = letterCase.carried(to: replacement.words)
        else { return SettledForm() }
        return SettledForm(
          isSettled: true, isPaired: entry.counterparts.count > 0,
          replacement: slices[Int(replacement.cases.first) + code])
      }
    }
  }
}

/// What the compiler has made before it is laid out in memory.
struct TableParts {
  var text = TextInterner()
  var formIndex: [WordTable.Slot] = []
  var forms: [Form] = []
  var formWords: [FormWord] = []
  var spacedWords: [SpacedWord] = []
  var classes: [WordTable.Slot] = []
  var entries: [Entry] = []
  var branches: [Branch] = []
  var nodes: [Node] = []
  var children: [UInt32] = []
  var slices: [ByteSlice] = []
  var exceptions: [ExceptionPattern] = []
  var exceptionRanges: [ExceptionRange] = []
  var guards: [GuardRule] = []
  var regexes: [RegexPattern] = []
  var learnt: [LearntScorer] = []
  /// The first words of all forms in all cases.
  var firstWords: [[UInt8]] = []
  var apostrophes: [String] = []
  var canOverlap = false
  var swapsPairedForms = false
}

/// A range of another table.
struct TableRange {
  var first: UInt32 = 0
  var count: UInt32 = 0

  var indices: Range<Int> { Int(first)..<Int(first) + Int(count) }
}

/// A spelling of a lexicon entry, of one word or several. Forms with the same first letter run lie together, of those the ones
/// with the same continuation, the longest first; what has none is last.
struct Form {
  var entry: UInt16
  /// In `formWords`.
  var words: TableRange
  /// What stands behind the first letters.
  var continuation = FormContinuation.none
  /// One word of ASCII letters, in any case: wherever its letters stand, it does.
  var isPlain = false
  var plain = PlainSpelling()
}

struct FormWord {
  var lower: ByteSlice
  var title: ByteSlice
  var upper: ByteSlice
}

/// A word of an `ascii-space` pack, without its spaces, and what stands for it.
struct SpacedWord {
  var entry: UInt16
  var from: ByteSlice
  var to: ByteSlice
}

struct Entry {
  var branches: TableRange
  /// Folded clitics with their apostrophe, in `slices`.
  var clitics: TableRange
  /// Folded counterparts in paired forms, in `slices`.
  var counterparts: TableRange
  /// Where its branches begin as a program; nil where they have to be asked one by one.
  var program: UInt32?
  /// Of the programs that have tests, counted through; the last number stands for all others.
  var programNumber: UInt8 = .max
}

struct Branch {
  /// In a true swap, the entry of the word that it writes, if that has several branches: whether it leads back is not sure.
  var inverse: UInt16?
  /// The condition's root in `nodes`; nil holds always.
  var condition: UInt32?
  /// Asked where the condition holds; both must.
  var table: BranchTable?
  /// Nil keeps the word.
  var replacement: Replacement?
  var isUncertain: Bool

  /// It always holds, and what it writes leads back without a doubt.
  var isSettled: Bool { condition == nil && table == nil && inverse == nil }
}

/// A branch holds where the table's margin is above the threshold. In thousandths.
struct BranchTable {
  /// Into `Tables.learnt`.
  var index: Int
  var threshold: Int32
  /// As near as this to the threshold the choice is uncertain, whichever way it falls.
  var doubt: Int32
}

/// What a branch writes.
struct Replacement {
  /// Its cases in `slices`, by ``LetterCase/code``.
  var cases: TableRange
  var words: Int
}

/// A condition's node.
struct Node {
  enum Operation: UInt8 { case all, any, not, kind, memberOf, mark, suffix, match }

  var operation: Operation
  /// Which item an item test asks about, -3 … 3.
  var position: Int8 = 0
  /// Children of all, any and not; strings of mark and suffix.
  var range = TableRange()
  /// Kinds, classes or cases.
  var bits: UInt64 = 0
}

/// An exception's text around one form in it.
struct ExceptionPattern {
  var index: UInt16
  var word: ByteSlice
  var before: ByteSlice
  var after: ByteSlice
  var isExact: Bool
  /// The front of `after` and the end of `before`; empty where the exception goes on within the match.
  var front: BytesAtMatch
  var back: BytesAtMatch
  /// Words of the match before and after the form in the exception, where the match is a longer form.
  var skippedFront = 0
  var skippedBack = 0
}

struct GuardRule {
  var span: SpanGuard
  /// For `regex`: an index into `Tables.regexes`.
  var regex: Int
}
