import Statistics
import StructuredText
import TestSupport
import Testing

@testable import Reports

@Suite struct SeedTests {
  /// Margins of 40 pairs, of which the first `hits` are positive.
  static func margins(_ hits: Int, of count: Int = 40) -> [Double] { (0..<count).map { $0 < hits ? 1 : -1 } }

  static let three: [(seed: Int, arm: String, margins: [Double])] = [
    (1, "control", margins(20)), (1, "intervention", margins(26)), (2, "control", margins(22)),
    (2, "intervention", margins(28)), (3, "control", margins(21)), (3, "intervention", margins(25)),
  ]

  static func analysis(_ seeds: [(seed: Int, arm: String, margins: [Double])]) throws -> Analysis {
    let arms = try ScoredArms(seeds: seeds)
    return try Analysis(ResultFiles([arms.folder.path]))
  }

  @Test func `seeds of an arm are pooled, each beside its own control`() throws {
    let analysis = try Self.analysis(Self.three)
    let claim = try #require(analysis.claims.first)
    #expect(analysis.claims.count == 1 && claim.isPooled && analysis.rejections.isEmpty)
    #expect(claim.pairs.map(\.seed) == [1, 2, 3])
    #expect(claim.pairs.map(\.difference.test) == [.mcNemarExact, .mcNemarExact, .mcNemarExact])
    #expect(claim.difference.test == .seedsAndItems)
    #expect(abs(claim.difference.value - 16.0 / 120) < 1e-12)
    let interval = try #require(claim.difference.interval)
    #expect(interval.contains(16.0 / 120) && interval.upper - interval.lower > 0.1)
    #expect(claim.difference.paired?.onlyIntervention == 16 && claim.difference.paired?.items == 40)
    #expect(abs(claim.control.value - 63.0 / 120) < 1e-12)
  }

  @Test func `seeds that disagree leave no evidence, however many items there are`() throws {
    let analysis = try Self.analysis([
      (1, "control", Self.margins(100, of: 300)), (1, "intervention", Self.margins(200, of: 300)),
      (2, "control", Self.margins(100, of: 300)), (2, "intervention", Self.margins(110, of: 300)),
      (3, "control", Self.margins(100, of: 300)), (3, "intervention", Self.margins(60, of: 300)),
    ])
    let claim = try #require(analysis.claims.first)
    #expect(claim.pairs.allSatisfy { ($0.difference.pValue ?? 1) < 0.05 })
    #expect((claim.difference.pValue ?? 0) > 0.3 && !claim.isSignificant)
  }

  @Test func `each seed stays visible, in the table and in the figures`() throws {
    let document = DocumentBuilder(analysis: try Self.analysis(Self.three)).document
    let table = try #require(document.tables.first { $0.name == "seeds" })
    #expect(table.tsv.split(separator: "\n").count == 4)
    #expect(document.claims.contains { $0.details.contains { $0.contains("pooled over 3 seeds") } })
    let figure = try #require(document.figures.first { $0.name == "figure-1-crows-pairs" })
    let points = try JSONNode(figure.specification, name: "").member("data").member("values").elements()
    #expect(try points.count { try $0.member("seed").bool() } == 6 && points.count == 8)
  }

  @Test func `a seed that only one arm has is named and left out`() throws {
    let analysis = try Self.analysis(Array(Self.three.dropLast()))
    #expect(analysis.claims.first?.pairs.map(\.seed) == [1, 2])
    #expect(analysis.exclusions.map(\.reason) == ["the intervention has no result of seed 3 there"])
  }

  @Test func `one seed of both arms is compared as one result`() throws {
    let analysis = try Self.analysis(Array(Self.three.prefix(2)))
    #expect(analysis.claims.first?.isPooled == false && analysis.claims.first?.difference.test == .mcNemarExact)
  }

  @Test func `seeds with the same weights count once, and are warned of`() throws {
    let arms = try ScoredArms(seeds: Self.three)
    for arm in ["control", "intervention"] {
      try arms.write("demo", arm, "\(arm) 1", Self.margins(arm == "control" ? 20 : 26), seed: 2)
    }
    let analysis = try Analysis(ResultFiles([arms.folder.path]))
    #expect(analysis.claims.first?.pairs.map(\.seed) == [1, 3])
    #expect(analysis.equalWeights.count == 2)
    #expect(analysis.exclusions.contains { $0.reason.contains("seeds 1 and 2 have the same weights") })
  }

  @Test func `several results of one arm that differ and name no seeds are named and left out`() throws {
    let arms = try ScoredArms(seeds: Array(Self.three.prefix(4)))
    for arm in ["control", "intervention"] {
      for seed in [1, 2] {
        let path = arms.folder.file("results_\(arm)-\(seed).json")
        let text = String(decoding: try FileBytes.of(path), as: UTF8.self)
        try FileBytesWriter.write(text.replacing("\"seed\": \(seed)", with: "\"seed\": null"), to: path)
      }
    }
    let analysis = try Analysis(ResultFiles([arms.folder.path]))
    #expect(analysis.claims.isEmpty)
    #expect(analysis.rejections.allSatisfy { $0.reason.contains("differ") && $0.reason.contains("--seed") })
    #expect(!analysis.rejections.isEmpty)
  }

  @Test func `without items seeds are pooled by their sums, whose error more seeds do not make smaller`() throws {
    let arms = try ScoredArms(seeds: Self.three)
    for seed in 1...3 {
      for arm in ["control", "intervention"] {
        try FileBytesWriter.remove(arms.folder.file("items-\(arm)-\(seed).jsonl"))
      }
    }
    let claim = try #require(try Analysis(ResultFiles([arms.folder.path])).claims.first)
    #expect(claim.difference.test == .seeds && abs(claim.difference.value - 16.0 / 120) < 1e-12)
    let interval = try #require(claim.difference.interval)
    #expect(interval.upper - interval.lower > 0.4)
  }

  // MARK: Labels

  /// Results that name neither arm nor seed, and a table that does.
  private func labelled(_ table: String) throws -> Analysis {
    let arms = try ScoredArms(seeds: Self.three)
    for arm in ["control", "intervention"] {
      for seed in 1...3 {
        let path = arms.folder.file("results_\(arm)-\(seed).json")
        let text = String(decoding: try FileBytes.of(path), as: UTF8.self)
        try FileBytesWriter.write(
          text.replacing("\"seed\": \(seed)", with: "\"seed\": null").replacing("\"arm\": {", with: "\"was\": {"),
          to: path)
      }
    }
    let labels = arms.folder.file("labels.tsv")
    try FileBytesWriter.write(table, to: labels)
    return try Analysis(ResultFiles([arms.folder.path], labels: ResultLabels(path: labels)))
  }

  private static let labels =
    "# what was trained\nfile\tmodel\tarm\tseed\tstep\n"
    + (1...3).map { seed in
      "results_control-\(seed).json\tmine\tcontrol\t\(seed)\nresults_intervention-\(seed).json\tmine\tswapped\t\(seed)\t\n"
    }.joined()

  @Test func `labels say which results are seeds of one arm`() throws {
    let analysis = try labelled(Self.labels)
    let claim = try #require(analysis.claims.first)
    #expect(analysis.claims.count == 1 && claim.isPooled && claim.pairs.map(\.seed) == [1, 2, 3])
    #expect(analysis.files.evaluations.map(\.subject.arm.name).sorted().suffix(1) == ["swapped"])
    #expect(analysis.files.skipped.isEmpty)
    let files = try #require(DocumentBuilder(analysis: analysis).document.tables.first { $0.name == "files" })
    #expect(files.tsv.contains("labels.tsv, line 3"))
  }

  @Test(arguments: [
    ("", "no header"), ("arm\tseed\n", "line 1: there is no column 'file'"), ("file\tarms\n", "did you mean 'arm'?"),
    ("file\tarm\tarm\n", "line 1"),
    ("file\tarm\nx.json\tcontrol\n", "line 2: no result that was named ends in 'x.json'"),
    ("file\tseed\nresults_control-1.json\t-1\n", "line 2: found seed '-1'"),
    ("file\tseed\nresults_control-1.json\t1\nresults_control-1.json\t2\n", "is in line 2, too"),
    ("file\tarm\nresults_control-1.json\ta\tb\n", "3 cells under 2 columns"),
    ("file\tarm\n\tcontrol\n", "no file is named"),
    ("file\nol-1.json\n", "no result"),
  ])
  func `a label that is of nothing, or no label, is refused with its line`(table: String, reason: String) throws {
    do {
      _ = try labelled(table)
      Issue.record("took \(table)")
    } catch {
      #expect("\(error)".contains("labels.tsv") && "\(error)".contains(reason), "\(error)")
    }
  }
}
