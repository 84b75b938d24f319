import Testing

@testable import Reports

@Suite struct PublishedNamesTests {
  static let small = ModelName(family: "Pythia", release: "v1", size: "70M", isDeduplicated: true)

  @Test(arguments: [
    ("pythia-v1.1-70m-deduped", small, Arm.control), ("pythia-70m-deduped", small, .control),
    ("intervention-pythia-v1.1-70m-deduped", small, .intervention("7 %")),
    ("intervention-pythia-v1.1-70m-deduped-long", small, .intervention("21 %")),
    ("pythia-70m-deduped-swapped", small, .intervention("swapped")),
    ("opt-1.3b", ModelName(family: "opt-1.3b"), .control),
    ("opt-1.3b-intervention", ModelName(family: "opt-1.3b"), .intervention("intervention")),
  ])
  func `a Hub name says model and arm`(_ name: String, _ model: ModelName, _ arm: Arm) {
    let subject = PublishedNames.subject(ofHubName: name, step: 5)
    #expect(subject.model == model && subject.arm == arm && subject.checkpoint.step == 5)
  }

  @Test func `the sizes of the first release are called by their current names`() {
    let model = PublishedNames(names: ["1.3B_dedup_genderintervention_56500start"])
    #expect(model.pythia?.name == "Pythia v0 1.4B deduped")
    #expect(model.armOfNames(of: 71_500) == .intervention("21 %"))
  }
}
