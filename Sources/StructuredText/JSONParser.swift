import CSimdjson

extension JSONValue {
  /// Reads one JSON document through simdjson. About 300 MB/s; for small files, not for data.
  ///
  /// `name` is what messages call the document. Nesting beyond `depthLimit` and keys that stand twice in an object are
  /// refused; so are integers outside -2^63 ..< 2^64, and strings with lone surrogates.
  public static func parse(
    _ bytes: [UInt8], name: String, depthLimit: Int = 64
  ) throws(JSONFailure) -> JSONValue {
    let builder = JSONBuilder()
    var events = builder.events
    let result = bytes.withUnsafeBufferPointer {
      tiresias_json_parse($0.baseAddress, $0.count, depthLimit, &events)
    }
    if !result.ok { throw syntaxFailure(result, bytes, name) }
    if let key = builder.duplicate {
      throw JSONFailure(
        .duplicateKey, name: name, path: builder.path, reason: "key '\(key)' stands twice in one object; keep one")
    }
    guard let value = builder.root else { throw JSONFailure(.syntax, name: name, reason: "there is no JSON value") }
    return value
  }

  private static func syntaxFailure(_ result: tiresias_json_result, _ bytes: [UInt8], _ name: String) -> JSONFailure {
    let offset = result.offset < 0 ? nil : result.offset
    let line = offset.map { 1 + bytes[..<min($0, bytes.count)].count { $0 == UInt8(ascii: "\n") } }
    let words = result.reason.map { String(cString: $0) } ?? "no JSON"
    return JSONFailure(.syntax, name: name, offset: offset, line: line, reason: words)
  }
}

/// Puts the parser's events together.
private final class JSONBuilder {
  private enum Container {
    case array([JSONValue])
    case object([JSONMember], key: String)
  }

  private(set) var root: JSONValue?
  /// A key that stood twice; the parse stopped there.
  private(set) var duplicate: String?
  private var stack: [Container] = []

  var events: tiresias_json_events {
    tiresias_json_events(
      context: Unmanaged.passUnretained(self).toOpaque(),
      start_object: { builder($0).open(.object([], key: "")) },
      key: { builder($0).key(text($1, $2)) },
      end_object: { builder($0).close() },
      start_array: { builder($0).open(.array([])) },
      end_array: { builder($0).close() },
      string: { builder($0).add(.string(text($1, $2))) },
      signed_integer: { builder($0).add(.integer($1)) },
      unsigned_integer: { builder($0).add(.unsigned($1)) },
      number: { builder($0).add(.double($1)) },
      boolean: { builder($0).add(.bool($1)) },
      null: { builder($0).add(.null) })
  }

  /// Where the parse stands: keys and indices from the root.
  var path: String {
    stack.dropLast().reduce(into: "") { path, container in
      switch container {
      case .array(let elements): path += "[\(elements.count)]"
      case .object(_, let key): path += (path.isEmpty ? "" : ".") + key
      }
    }
  }

  private func open(_ container: Container) -> Bool {
    stack.append(container)
    return true
  }

  private func key(_ text: String) -> Bool {
    guard case .object(let members, _) = stack.popLast() else { return false }
    stack.append(.object(members, key: text))
    return true
  }

  private func add(_ value: JSONValue) -> Bool {
    switch stack.popLast() {
    case .array(var elements):
      elements.append(value)
      stack.append(.array(elements))
    case .object(var members, let key):
      members.append(JSONMember(key, value))
      stack.append(.object(members, key: key))
    case nil: root = value
    }
    return true
  }

  private func close() -> Bool {
    switch stack.last {
    case .array(let elements):
      stack.removeLast()
      return add(.array(elements))
    case .object(let members, _):
      duplicate = firstDuplicate(members)
      if duplicate != nil { return false }
      stack.removeLast()
      return add(.object(members))
    case nil: return false
    }
  }

  /// A key that stands twice, byte for byte, if any.
  private func firstDuplicate(_ members: [JSONMember]) -> String? {
    if members.count <= 8 {
      return members.indices.first { index in members[..<index].contains { hasSameBytes($0.key, members[index].key) } }
        .map { members[$0].key }
    }
    // A table of places, at most half full: a vocabulary has 50,000 names.
    let size = 1 << (Int.bitWidth - (2 * members.count).leadingZeroBitCount)
    var slots = [Int32](repeating: -1, count: size)
    for index in members.indices {
      var slot = hash(members[index].key) & (size - 1)
      while slots[slot] >= 0 {
        if hasSameBytes(members[Int(slots[slot])].key, members[index].key) { return members[index].key }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = Int32(index)
    }
    return nil
  }

  /// `String` would call different spellings of an accent equal.
  private func hasSameBytes(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
  }

  private func hash(_ key: String) -> Int {
    var hasher = Hasher()
    let isHashed: Void? = key.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { for byte in key.utf8 { hasher.combine(byte) } }
    return hasher.finalize()
  }
}

private func builder(_ context: UnsafeMutableRawPointer?) -> JSONBuilder {
  Unmanaged<JSONBuilder>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
}

private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
  String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
}
