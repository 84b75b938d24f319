import ByteIO

/// Whether to ask for the base's pages ahead of their use. A window's samples lie all over the base: one that is not in
/// memory is waited for page by page, where the pages of a whole batch could be on their way together.
///
/// Asking takes a call for each span, which a base in memory need not pay. So it is done until some batches have read
/// nothing from storage, and again as soon as one has.
struct ReadAhead {
  private static let patience = 16
  private var quietBatches = 0

  var isNeeded: Bool { quietBatches < Self.patience }

  /// Notes how much was read from storage while a batch was made.
  mutating func note(reads: Int) { quietBatches = reads > 0 ? 0 : min(quietBatches + 1, Self.patience) }
}
