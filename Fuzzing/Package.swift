// swift-tools-version: 6.2
// libFuzzer around Tests/FuzzTargets. scripts/fuzz.sh builds it, with coverage and sanitizers throughout.
import PackageDescription

let package = Package(
  name: "tiresias-fuzzing",
  dependencies: [.package(name: "tiresias", path: "..")],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CFuzzer", .product(name: "FuzzTargets", package: "tiresias"), .product(name: "ByteIO", package: "tiresias"),
      ],
      // gold, the default, fails on the size of the line tables.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ]
)
