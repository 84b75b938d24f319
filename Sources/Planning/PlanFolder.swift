import ByteIO

/// The folder of a plan, `OUTPUT.plan`, beside what the plan makes: the plan, what its tasks say of themselves, and the
/// scripts and logs of a cluster.
public struct PlanFolder: Sendable, Equatable {
  public let path: String

  public init(path: String) { self.path = path }

  /// That of an output folder or prefix.
  public init(output: String) {
    var output = output
    while output.count > 1, output.hasSuffix("/") { output.removeLast() }
    path = output + ".plan"
  }

  /// The folder that a user means: a plan's file, its folder, or the output that it makes.
  public init(named name: String) {
    if name.hasSuffix(".json") {
      self.init(path: FileSystem.parent(of: name) ?? ".")
    } else if FileSystem.exists(name + "/plan.json") {
      var name = name
      while name.count > 1, name.hasSuffix("/") { name.removeLast() }
      self.init(path: name)
    } else {
      self.init(output: name)
    }
  }

  /// Of a user's name for a plan: false where it is another file beside it.
  static func isPlan(_ name: String) -> Bool {
    !name.hasSuffix(".json") || FileSystem.name(of: name) == "plan.json" || FileSystem.isDirectory(name)
  }

  public var plan: String { path + "/plan.json" }
  public var tasks: String { path + "/tasks" }
  public var logs: String { path + "/logs" }
  /// Where tasks put what the finishing job puts together.
  public var parts: String { path + "/parts" }
  /// The folder that holds this one and the output.
  public var parent: String { FileSystem.parent(of: path) ?? "." }

  /// Says that a task is done.
  public func record(_ task: Int) -> String { tasks + "/\(task).done.json" }
  /// Says what a task that is not done was doing when it was last heard of.
  public func state(_ task: Int) -> String { tasks + "/\(task).state.json" }
}
