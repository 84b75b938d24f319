import Testing

@Suite struct SchemaLineTests {
  private let pack = "schema: 1\npack: p\nversion: 1.0.0\n"

  @Test func aPackMustNameTheSchemaInItsFirstLine() throws {
    let expected = "expected '# yaml-language-server: $schema=./schema.json' [schema-line]"
    #expect(
      try findings(pack) == ["1:1 error the first line does not name the schema, \(expected)"])
    let other = "# yaml-language-server: $schema=https://example.org/schema.json"
    #expect(try findings(other + "\n" + pack) == ["1:1 error found '\(other)', \(expected)"])
    #expect(try findings(schemaLine + pack).isEmpty)
  }

  @Test func aPackThatCannotBeReadIsToldTheSameLine() throws {
    #expect(
      try findings("a: [").filter { $0.contains("schema") }
        == [
          "1:1 error the first line does not name the schema, expected"
            + " '# yaml-language-server: $schema=./schema.json' [schema-line]"
        ])
  }

  @Test func anotherPathWillDoIfTheSchemaIsThere() throws {
    let line = "# yaml-language-server: $schema=../schema.json\n"
    #expect(try findings(line + pack, files: ["schema.json": "{}"], name: "mine/p.yaml").isEmpty)
    #expect(try findings(line + pack, name: "mine/p.yaml").count == 1)
  }

  @Test func thePathLeadsUpFromAFolderOfTheRules() throws {
    let text = "schema: 1\npack: base/p\nversion: 1.0.0\n"
    let line = "# yaml-language-server: $schema=../schema.json\n"
    #expect(try findings(line + text, name: "base/p.yaml").isEmpty)
    #expect(try findings(schemaLine + text, name: "base/p.yaml").count == 1)
  }
}
