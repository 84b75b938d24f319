import StructuredText

struct SwapInverse: Lint {
  static let name = "inverse"

  func findings(in linted: LintedPack) throws -> [Finding] { [] }
}
