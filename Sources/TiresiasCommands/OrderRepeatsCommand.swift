import ArgumentParser
import ByteIO
import StructuredText
import TokenDataset
import TrainingOrder

/// `tiresias order repeats`: how much of a range of steps the model had read before.
struct OrderRepeatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repeats",
    abstract: "Counts how much of a range of steps is first, second or third exposure, and how much was never shown.",
    discussion: """
      Exact to the token: a repetition is the same token of the same document (item), not the same text elsewhere. A token \
      counts where it is predicted, so a step counts batch * sequence length tokens. The second table is the state after the \
      range's last step, everything from step 0 on included.

      An order that is asked for more samples than a run reads has steps that were never run: give --steps. For the Pile \
      (two epochs, 143000 steps) it takes 5.6 GB of memory, of which the maps are 3.5 GB; with --index-map-prefix, where they \
      stay in files (`tiresias order build`, 1.6 GB), it takes 1.6 GB and what the system keeps of the files.

      A preshuffled set (item q is sample q) does not say where its samples come from. Give the data set that it was shuffled \
      from, with the order's numbers, and the set itself as --preshuffled: its samples are compared with the order's at 1,000 \
      positions, and what is counted holds for it.

        tiresias order repeats --dataset pile_0.87_deduped_text_document --samples 147164160 --sequence-length 2048 \\
          --seed 1234 --batch-size 1024 --steps '133000..<143000'
      """)

  @Option(help: "The range of steps, A..<B; all steps of the order without it.")
  var steps: String?
  @OptionGroup var inputs: OrderInputs
  @Option(help: ArgumentHelp("A preshuffled set that must hold the order's samples.", valueName: "prefix"))
  var preshuffled: String?
  @Flag(help: "One JSON object instead of tables.")
  var json = false

  func validate() throws {
    if let steps {
      do { _ = try Window.parse(steps) } catch { throw ValidationError("--steps: \(error)") }
    }
  }

  func run() throws {
    let opened = try inputs.open(steps: steps.map(Window.parse), fromStart: true)
    let asked = opened.steps
    if let preshuffled { try compare(preshuffled, opened) }
    let exposures = try opened.order.exposures(in: opened.positions)
    if json { return print(try Self.json(asked, exposures)) }
    print("steps \(asked): \(Self.grouped(exposures.inRange.reduce(0, +))) tokens")
    print(Self.table(exposures.inRange, name: Self.ordinal))
    print("\nafter step \(asked.upperBound - 1), of \(Self.grouped(exposures.byEnd.reduce(0, +))) tokens in the data")
    print(Self.table(exposures.byEnd, name: Self.times))
  }

  private static let comparedPositions = 1000

  /// At positions spread evenly from the run's first to the range's last.
  private func compare(_ prefix: String, _ opened: OrderInputs.Opened) throws {
    let set = try TokenDataset(prefix: prefix, access: .random)
    let count = opened.positions.upperBound
    let positions = (0..<min(count, Self.comparedPositions)).map { $0 * count / min(count, Self.comparedPositions) }
    if let q = try opened.order.firstDifference(from: set, at: positions + [count - 1]) {
      throw CommandFailure(
        "\(prefix): its item \(q) is not what the order shows at position \(q): it is of another data set, or of other numbers"
      )
    }
    if !json { print("\(prefix) has the order's samples at all of \(positions.count) positions\n") }
  }

  private static func json(_ steps: Range<Int>, _ exposures: Exposures) throws -> String {
    let value: JSONValue = .object([
      "steps": .array([.integer(Int64(steps.lowerBound)), .integer(Int64(steps.upperBound))]),
      "exposures_in_range": .array(exposures.inRange.map { .integer(Int64($0)) }),
      "tokens_by_times_shown": .array(exposures.byEnd.map { .integer(Int64($0)) }),
    ])
    return String(decoding: try value.serialized(), as: UTF8.self)
  }

  private static func table(_ counts: [Int], name: (Int) -> String) -> String {
    let total = max(1, counts.reduce(0, +))
    let numbers = counts.map(grouped)
    let width = numbers.map(\.utf8.count).max() ?? 0
    return TextColumns.aligned(
      counts.indices.map { index in
        let number = String(repeating: " ", count: width - numbers[index].utf8.count) + numbers[index]
        return (label: "  " + name(index), value: number + "  " + percent(counts[index], total))
      })
  }

  private static func percent(_ part: Int, _ total: Int) -> String {
    let hundredths = Int((10_000 * Double(part) / Double(total)).rounded())
    let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) %"
    return String(repeating: " ", count: max(0, 8 - text.utf8.count)) + text
  }

  private static func ordinal(_ index: Int) -> String {
    let known = ["first exposure", "second exposure", "third exposure"]
    return index < known.count ? known[index] : "exposure \(index + 1)"
  }

  private static func times(_ index: Int) -> String {
    let known = ["never shown", "once", "twice"]
    return index < known.count ? known[index] : "\(index) times"
  }

  private static func grouped(_ value: Int) -> String {
    var text = ""
    for (place, digit) in String(value).reversed().enumerated() {
      if place > 0 && place % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return text
  }
}
