import StructuredText

/// As much of JSON Schema 2020-12 as `docs/manifest.schema.json` uses; patterns are left to the acceptance test.
struct SchemaCheck {
  let root: JSONValue

  /// What is wrong with a value, each fault with its path; and every schema key must be known, or it is a fault too.
  func faults(_ value: JSONValue, _ schema: JSONValue? = nil, at path: String = "$") -> [String] {
    guard case .object(let keywords) = schema ?? root else { return ["\(path): the schema is no object"] }
    return keywords.flatMap { check(value, $0.key, $0.value, schema ?? root, path) }
  }

  private func check(_ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ schema: JSONValue, _ path: String)
    -> [String]
  {
    switch (keyword, rule, value) {
    case ("$schema", _, _), ("$id", _, _), ("title", _, _), ("description", _, _), ("$defs", _, _), ("pattern", _, _):
      return []
    case ("$ref", .string(let name), _):
      let definition = root["$defs"]?[String(name.dropFirst("#/$defs/".count))]
      return definition.map { faults(value, $0, at: path) } ?? ["\(path): \(name) is not defined"]
    case ("anyOf", .array(let options), _):
      return options.contains { faults(value, $0, at: path).isEmpty } ? [] : ["\(path): none of anyOf"]
    case ("enum", .array(let options), _): return options.contains(value) ? [] : ["\(path): not in enum"]
    case ("const", _, _): return value == rule ? [] : ["\(path): not const"]
    case ("type", .array(let types), _): return types.contains { has(value, $0) } ? [] : ["\(path): type"]
    case ("type", _, _): return has(value, rule) ? [] : ["\(path): type"]
    case ("required", .array(let keys), .object):
      return keys.compactMap { key in
        guard case .string(let key) = key, value[key] == nil else { return nil }
        return "\(path): \(key) is missing"
      }
    case ("properties", _, .object(let members)):
      return members.flatMap { member in
        rule[member.key].map { faults(member.value, $0, at: "\(path).\(member.key)") } ?? []
      }
    case ("additionalProperties", _, .object(let members)):
      let others = members.filter { schema["properties"]?[$0.key] == nil }
      if rule == .bool(false) { return others.map { "\(path): \($0.key) is not allowed" } }
      return others.flatMap { faults($0.value, rule, at: "\(path).\($0.key)") }
    case ("items", _, .array(let elements)):
      return elements.enumerated().flatMap { faults($1, rule, at: "\(path)[\($0)]") }
    case ("minItems", .integer(let least), .array(let elements)):
      return elements.count >= least ? [] : ["\(path): minItems"]
    case ("uniqueItems", _, _): return []
    case ("minLength", .integer(let least), .string(let text)):
      return text.unicodeScalars.count >= least ? [] : ["\(path): minLength"]
    case ("minimum", _, _), ("maximum", _, _), ("exclusiveMinimum", _, _):
      return isWithin(value, keyword, rule) ? [] : ["\(path): \(keyword)"]
    case ("required", _, _), ("properties", _, _), ("additionalProperties", _, _), ("items", _, _), ("minItems", _, _),
      ("minLength", _, _):
      return []
    default: return ["\(path): the schema's \(keyword) is not checked"]
    }
  }

  private func has(_ value: JSONValue, _ type: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("null", .null), ("integer", .integer),
      ("number", .integer), ("number", .double):
      true
    default: false
    }
  }

  private func isWithin(_ value: JSONValue, _ keyword: String, _ limit: JSONValue) -> Bool {
    func number(_ value: JSONValue) -> Double? {
      switch value {
      case .integer(let value): Double(value)
      case .double(let value): value
      default: nil
      }
    }
    guard let value = number(value), let limit = number(limit) else { return true }
    return switch keyword {
    case "minimum": value >= limit
    case "maximum": value <= limit
    default: value > limit
    }
  }
}
