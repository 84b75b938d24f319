/// What the names of the published results say of a model: size, release, arm.
///
/// Pythia's first release (v0) called its models by other sizes: `19m` is 70M. Names come from paths, Hub names and config
/// files, so they are cut into words wherever there is no letter, digit or point.
struct PublishedNames {
  /// The words of each name, lower case; the most trusted name first.
  private let words: [[String]]
  /// Words of the names of folders, which say the arm where the file does not.
  private let folderWords: [[String]]

  /// `names` from within the file, `folders` from around it, the file's own name included.
  init(names: [String], folders: [String] = []) {
    words = names.map(Self.words)
    folderWords = folders.map(Self.words)
  }

  private static func words(_ name: String) -> [String] {
    name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ".") }.map(String.init)
  }

  // MARK: The model

  private static let currentSizes = [
    "14m", "31m", "70m", "160m", "410m", "1b", "1.4b", "2.8b", "6.9b", "12b",
  ]
  private static let formerSizes = [
    "19m": "70m", "125m": "160m", "350m": "410m", "800m": "1b", "1.3b": "1.4b", "2.7b": "2.8b", "6.7b": "6.9b",
    "13b": "12b",
  ]

  /// The first size that a name gives, as it is called now, and whether it was a former one.
  private var size: (current: String, isFormer: Bool)? {
    for word in (words + folderWords).joined() {
      if let current = Self.formerSizes[word] { return (current, true) }
      if Self.currentSizes.contains(word) { return (word, false) }
    }
    return nil
  }

  /// The Pythia model of a GPT-NeoX run or a Hub name; nil where no size is named.
  var pythia: ModelName? {
    guard let size else { return nil }
    let isDeduplicated = (words + folderWords).joined().contains { $0.hasPrefix("dedup") }
    return ModelName(
      family: "Pythia", release: statedRelease ?? (size.isFormer ? "v0" : "v1"), size: size.current.uppercased(),
      isDeduplicated: isDeduplicated)
  }

  /// `v1.1` is v1.
  private var statedRelease: String? {
    words.joined().first { ["v0", "v1", "v1.0", "v1.1"].contains($0) }.map { String($0.prefix(2)) }
  }

  // MARK: Where in training

  /// Models of Pythia were trained for 143,000 steps where their files do not say otherwise.
  static func checkpoint(_ step: Int?, _ totalSteps: Int?, _ model: ModelName) -> Checkpoint {
    let total = totalSteps ?? (model.family == "Pythia" ? 143_000 : nil)
    return Checkpoint(step: step ?? total, of: total)
  }

  /// `step143000` and `global_step143000`.
  static func step(_ name: String) -> Int? {
    let digits = name.drop { !$0.isASCII || !$0.isNumber }
    return ["step", "global_step", "iter"].contains { name == $0 + digits } ? Int(digits) : nil
  }

  // MARK: The arm

  private static func namesIntervention(_ word: String) -> Bool { word.contains("interven") }

  /// What the names within the file say: the arm of an intervention if one is named so, else the control.
  func armOfNames(of totalSteps: Int?) -> Arm {
    words.joined().contains(where: Self.namesIntervention) ? .intervention(share(of: totalSteps)) : .control
  }

  /// What the file's name and folders say; the nearest decides.
  func armOfFolders(of totalSteps: Int?) -> Arm {
    for words in folderWords {
      if words.contains(where: Self.namesIntervention) { return .intervention(share(of: totalSteps)) }
      if words.contains("baseline") || words.contains("control") { return .control }
    }
    return .unknown
  }

  /// The share of training that was changed, as the published names have it: `intervene_21`, `…_56500start` and `long` are
  /// the last 21 %, and what has none of these the last 7 %.
  private func share(of totalSteps: Int?) -> String {
    let all = (words + folderWords).joined()
    if let totalSteps, let first = all.lazy.compactMap(Self.start).first, first < totalSteps {
      return "\(Int((100 * Double(totalSteps - first) / Double(totalSteps)).rounded())) %"
    }
    for words in words + folderWords {
      if let place = words.firstIndex(where: Self.namesIntervention), place + 1 < words.count,
        let percent = Int(words[place + 1]), 1...100 ~= percent
      {
        return "\(percent) %"
      }
    }
    return all.contains { $0 == "long" || $0 == "longer" } ? "21 %" : "7 %"
  }

  private static func start(_ word: String) -> Int? { word.hasSuffix("start") ? Int(word.dropLast(5)) : nil }

  /// A model as the Hub, or a folder, names it. Of a Pythia model whatever is no part of the published name is the name of
  /// an arm: `pythia-70m-deduped-swapped`.
  static func subject(ofHubName name: String, step: Int?) -> Subject {
    let published = PublishedNames(names: [name])
    guard published.words.joined().contains("pythia"), let model = published.pythia else {
      let arm = published.words.joined().contains(where: namesIntervention)
      let base = ModelName(family: withoutArm(name))
      return Subject(
        model: base, arm: arm ? .intervention("intervention") : .control, checkpoint: checkpoint(step, nil, base))
    }
    let rest = published.words.joined().filter { !isPartOfPublishedName($0) }
    let isPublished = rest.allSatisfy { namesIntervention($0) || $0 == "long" }
    let arm = isPublished ? published.armOfNames(of: nil) : .intervention(rest.joined(separator: "-"))
    return Subject(model: model, arm: arm, checkpoint: checkpoint(step, nil, model))
  }

  private static func isPartOfPublishedName(_ word: String) -> Bool {
    word == "pythia" || currentSizes.contains(word) || formerSizes[word] != nil || word.hasPrefix("dedup")
      || ["v0", "v1", "v1.0", "v1.1"].contains(word)
  }

  /// A name of another family without what says its arm.
  static func withoutArm(_ name: String) -> String {
    let parts = name.split(separator: "-").filter { !namesIntervention($0.lowercased()) }
    return parts.isEmpty ? name : parts.joined(separator: "-")
  }
}
