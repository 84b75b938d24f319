import ArgumentParser

/// Arguments of no characters, as `--output "$OUT"` gives where OUT is not set. No command has a use for one, and most are
/// paths: an empty one would stand for the root or the working directory.
enum EmptyArguments {
  static func refuse(_ words: [String]) throws {
    let options = words.firstIndex(of: "--") ?? words.count
    for (index, word) in words.enumerated().dropFirst() {
      if word.isEmpty { throw failure(words[index - 1], isOption: index <= options) }
      if index < options, word.hasPrefix("--"), word.firstIndex(of: "=") == word.indices.last {
        throw failure(String(word.dropLast()), isOption: true)
      }
    }
  }

  private static func failure(_ before: String, isOption: Bool) -> ValidationError {
    let place = isOption && before.hasPrefix("--") ? "What stands behind \(before)" : "An argument"
    return ValidationError("\(place) is empty. Is it a variable of the shell that is not set?")
  }
}
