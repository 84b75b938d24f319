/// What is wrong with a raw Pile: which file and line, at which byte, why, and what to do about it.
public struct CorpusFailure: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable, CaseIterable {
    case invalidUTF8 = "invalid UTF-8"
    case invalidJSON = "invalid JSON"
    /// The line is JSON, but has no `text` that could be read.
    case noText = "no text"
    case lineTooLong = "line too long"
    /// The file ends in the middle of a zstd frame.
    case fileCut = "file cut short"
    /// The input as a whole cannot be used: nothing to read in it, or not what it should be.
    case input = "unusable input"
  }

  public let kind: Kind
  /// The file's path as it was opened.
  public let path: String
  /// Counted from 1; 0 where the failure is not in a line.
  public let line: Int
  /// Byte offset in the file, after decompression, counted from 0; nil where there is none.
  public let offset: Int?
  public let reason: String

  public init(_ kind: Kind, path: String, line: Int = 0, offset: Int? = nil, reason: String) {
    self.kind = kind
    self.path = path
    self.line = line
    self.offset = offset
    self.reason = reason
  }

  public var description: String {
    let place = (line > 0 ? ", line \(line)" : "") + (offset.map { ", byte \($0)" } ?? "")
    return kind == .input ? "\(path)\(place): \(reason)" : "\(path)\(place): \(kind.rawValue): \(reason)\(advice)"
  }

  private var advice: String {
    switch kind {
    case .invalidUTF8, .invalidJSON, .noText:
      ". Mend the line, or leave such lines out and count them with --on-error skip."
    case .lineTooLong: ". This is hardly a file of JSON lines; leave it out."
    case .fileCut: ". Fetch the file again, or use what it has with --on-error skip."
    case .input: ""
    }
  }
}

/// What to do with a line that cannot be read.
public enum ErrorPolicy: String, Sendable, CaseIterable {
  /// The first one ends the work.
  case stop
  /// It is left out and counted. A file that is cut short ends there; its complete lines are used, since what zstd gave
  /// out before the cut is what was put in. Damaged zstd data and endless lines always end the work: there is no telling
  /// what is lost.
  case skip
}

/// How many lines were left out, by reason.
public struct SkippedLines: Equatable, Sendable {
  public private(set) var counts: [CorpusFailure.Kind: Int] = [:]

  public init() {}

  public var total: Int { counts.values.reduce(0, +) }

  public mutating func add(_ kind: CorpusFailure.Kind, count: Int = 1) {
    if count > 0 { counts[kind, default: 0] += count }
  }

  public mutating func add(_ other: SkippedLines) {
    for (kind, count) in other.counts { add(kind, count: count) }
  }
}
