import Foundation
import TestSupport
import Testing

@testable import SwapRules

/// rules/schema.json and the parser know the same keys and values. That packs fulfil the schema is for Tests/Acceptance,
/// which has a validator.
@Suite struct SchemaTests {
  private let schema: [String: Any]

  init() throws {
    let data = try Data(contentsOf: URL(filePath: Assets.root + "/rules/schema.json"))
    schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func definition(_ name: String) throws -> [String: Any] {
    try #require((schema["definitions"] as? [String: Any])?[name] as? [String: Any])
  }

  private func keys(_ object: [String: Any]) throws -> [String] {
    #expect(object["additionalProperties"] as? Bool == false)
    return try #require(object["properties"] as? [String: Any]).keys.sorted()
  }

  private func values(_ name: String, of properties: Any?) throws -> [String] {
    let property = try #require((properties as? [String: Any])?[name] as? [String: Any])
    return try #require(property["enum"] as? [String])
  }

  @Test func theKeysAreTheParsers() throws {
    #expect(try keys(schema) == PackParser.keys.sorted())
    let parsed = [
      "class": PackParser.classKeys, "guards": PackParser.guardKeys, "exception": PackParser.exceptionKeys,
      "test": PackParser.testKeys, "entry": LexiconParser.entryKeys, "token": LexiconParser.tokenKeys,
      "branch": LexiconParser.branchKeys, "condition": ConditionParser.conditionKeys, "item": ConditionParser.itemKeys,
    ]
    for (name, keys) in parsed { #expect(try self.keys(definition(name)) == keys.sorted(), "\(name)") }
  }

  @Test func theValuesAreTheParsers() throws {
    let properties = schema["properties"]
    #expect(try values("status", of: properties) == RulePack.Status.allCases.map(\.rawValue))
    #expect(try values("direction", of: properties) == RulePack.Direction.allCases.map(\.rawValue))
    #expect(try values("boundaries", of: properties) == RulePack.Boundaries.allCases.map(\.rawValue))
    #expect(try values("case", of: properties) == CasePolicy.allCases.map(\.rawValue))
    #expect(try values("paired_forms", of: properties) == PairedFormPolicy.allCases.map(\.rawValue))
    #expect(try definition("kind")["enum"] as? [String] == ItemKinds.named.map(\.key))
    #expect(try definition("case")["enum"] as? [String] == WordCase.allCases.map(\.rawValue))
    let spans = try #require((definition("guards")["properties"] as? [String: Any])?["spans"] as? [String: Any])
    #expect((spans["items"] as? [String: Any])?["enum"] as? [String] == SpanGuard.allCases.map(\.rawValue))
  }
}
