import SwapRules

/// One `swap` of a pipeline: which rules, and which of their edits are made.
public struct SwapStage: Sendable {
  public let pack: RulePack
  public let selection: Selection

  public init(pack: RulePack, selection: Selection) {
    self.pack = pack
    self.selection = selection
  }
}
