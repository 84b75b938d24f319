/// Words of commands that are shown to people, or written into scripts.
public enum ShellWord {
  /// A word that the shell takes as it is.
  public static func quoted(_ word: String) -> String {
    if isPlain(word) { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// Whether nothing in a word means anything to a shell.
  public static func isPlain(_ word: String) -> Bool {
    !word.isEmpty
      && word.utf8.allSatisfy {
        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || "._-+@=,/:%".utf8.contains($0)
      }
  }
}
