/// What is left of choices' programs where the next word is known.
///
/// Nearly all tests of "her" or "his" ask about the next word. Once they are made hardly any are left, and what is left follows
/// from what the tests look at: words that are alike in it share a rest, which is made once. For one matcher; it grows to a
/// fixed size, beyond which programs are run from their beginnings.
final class NextWordPrograms {
  /// The pack's own steps, and behind them those of the rests.
  let steps: UnsafeMutablePointer<ChoiceStep>
  private var count: Int
  private let capacity: Int
  private let programs: [Program]
  private var rests: [Word: UInt32] = [:]

  private struct Program {
    var start: UInt32
    /// Those that can be reached from there lie between these. Each goes on at lower ones.
    var steps: Range<Int>
    /// The bits of each fact about the next word that they look at.
    var bits: Facts
  }

  /// See ``ChoiceStep/ItemFact``.
  struct Facts: Hashable {
    var kinds: UInt64 = 0
    var classes: UInt64 = 0
    var texts: UInt64 = 0

    fileprivate subscript(fact: UInt8) -> UInt64 {
      get { fact == 0 ? kinds : fact == 1 ? classes : texts }
      set { if fact == 0 { kinds = newValue } else if fact == 1 { classes = newValue } else { texts = newValue } }
    }

    fileprivate func masked(by bits: Facts) -> Facts {
      Facts(kinds: kinds & bits.kinds, classes: classes & bits.classes, texts: texts & bits.texts)
    }
  }

  private struct Word: Hashable {
    var program: Int
    var facts: Facts
  }

  init(_ tables: Tables, maximumSteps: Int = 1 << 14) {
    count = tables.steps.count
    capacity = tables.steps.count + maximumSteps
    steps = .allocate(capacity: capacity)
    for (index, step) in tables.steps.enumerated() { (steps + index).initialize(to: step) }
    programs = tables.programs.map { Self.program(from: $0, tables.steps) }
  }

  deinit { steps.deallocate() }

  private static func program(from start: UInt32, _ steps: UnsafeBufferPointer<ChoiceStep>) -> Program {
    var bits = Facts()
    var reached: Set<UInt32> = []
    var open = [start]
    while let next = open.popLast() {
      guard next & ChoiceStep.Outcome.flag == 0, reached.insert(next).inserted else { continue }
      let step = steps[Int(next)]
      if let fact = ChoiceStep.factOfNext(step.fact) { bits[fact] |= step.bits }
      open += [step.yes, step.no]
    }
    return Program(start: start, steps: Int(reached.min() ?? start)..<Int(start) + 1, bits: bits)
  }

  /// True if a program looks at one of these kinds of the next item.
  func look(at kinds: ItemKinds) -> Bool {
    programs.contains { $0.bits.kinds & UInt64(kinds.rawValue) != 0 }
  }

  /// Where what is left of a program begins, or an outcome.
  func rest(ofProgram number: Int, _ facts: Facts) -> UInt32 {
    let program = programs[number]
    let word = Word(program: number, facts: facts.masked(by: program.bits))
    if let rest = rests[word] { return rest }
    guard count + program.steps.count <= capacity else { return program.start }
    let rest = makeRest(of: program, facts)
    rests[word] = rest
    return rest
  }

  /// Copies the steps that can still be reached and are no tests of the next word. In two passes, since a stranger's program may
  /// have more steps than a stack has room for: what is reached from the beginning, and what each becomes from the end.
  private func makeRest(of program: Program, _ facts: Facts) -> UInt32 {
    let first = program.steps.lowerBound
    var isReached = [Bool](repeating: false, count: program.steps.count)
    func reach(_ next: UInt32) {
      if next & ChoiceStep.Outcome.flag == 0 { isReached[Int(next) - first] = true }
    }
    reach(program.start)
    for index in program.steps.reversed() where isReached[index - first] {
      let step = steps[index]
      if let next = Self.next(of: step, facts) {
        reach(next)
      } else {
        reach(step.yes)
        reach(step.no)
      }
    }
    var made = [UInt32](repeating: 0, count: program.steps.count)
    func become(_ next: UInt32) -> UInt32 { next & ChoiceStep.Outcome.flag == 0 ? made[Int(next) - first] : next }
    for index in program.steps where isReached[index - first] {
      var step = steps[index]
      if let next = Self.next(of: step, facts) {
        made[index - first] = become(next)
        continue
      }
      (step.yes, step.no) = (become(step.yes), become(step.no))
      // A table also says whether the choice is in doubt.
      made[index - first] = step.yes == step.no && step.fact != ChoiceStep.table ? step.yes : add(step)
    }
    return become(program.start)
  }

  /// Where a test of the next word goes on; nil for any other step.
  private static func next(of step: ChoiceStep, _ facts: Facts) -> UInt32? {
    ChoiceStep.factOfNext(step.fact).map { facts[$0] & step.bits != 0 ? step.yes : step.no }
  }

  private func add(_ step: ChoiceStep) -> UInt32 {
    (steps + count).initialize(to: step)
    count += 1
    return UInt32(count - 1)
  }
}
