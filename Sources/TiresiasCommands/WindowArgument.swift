import ByteIO

/// The manifest of a finished window that was named by its manifest or by its folder.
func manifestPath(_ argument: String) -> String {
  guard FileSystem.isDirectory(argument) else { return argument }
  return argument + (argument.hasSuffix("/") ? "" : "/") + "manifest.json"
}
