import SwapRules
import Testing

@Suite struct FeatureTests {
  @Test func featuresAreTyped() throws {
    let entry = "  - {id: a, from: a, to: b, features: {neutral-reading: true, rank: 12, kind: on}}"
    let rule = try pack(lexicon(entry)).entries[0]
    #expect(rule.features.map(\.name) == ["neutral-reading", "rank", "kind"])
    #expect(rule.features.map(\.value) == [.boolean(true), .number(12), .text("on")])
    #expect(rule.feature("rank")?.description == "12")
  }
}
