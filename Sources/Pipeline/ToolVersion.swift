import ByteIO
import UnicodeText

/// The version of this tool, in manifests and `--version`.
public let toolVersion = "0.1.0"

/// How it was built.
let toolBuild: String = {
  #if DEBUG
    "debug"
  #else
    "release"
  #endif
}()

/// ICU's version, for the manifest.
let icuVersion = libraryVersion

/// What the bytes of results can depend on besides their inputs.
public enum BuildVersions {
  public static var build: String { toolBuild }
  public static var icu: String { icuVersion }
  public static var zstd: String { zstdVersion }
}
