// swift-tools-version: 6.2
// One target per concept; docs/architecture.md draws this graph and a test holds the two together.
import PackageDescription

/// CI sets TIRESIAS_STRICT=1: a warning fails there, and never stops a user with a newer compiler.
let strict = Context.environment["TIRESIAS_STRICT"] == "1"

let swiftSettings: [SwiftSetting] =
  [.enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("ExistentialAny")]
  + (strict ? [.treatAllWarnings(as: .error)] : [])

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")

/// A room of the house: Sources/NAME, and Tests/NAMETests beside it, with the folders of data that its tests read.
func room(_ name: String, _ dependencies: [Target.Dependency], fixtures: [String] = []) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings),
    .testTarget(
      name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
      exclude: fixtures, swiftSettings: swiftSettings),
  ]
}

let shims: [Target] = [
  .target(name: "CICU", cSettings: [], linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
  .target(name: "CTextBlocks", dependencies: ["CICU"]),
  .target(name: "CZstd", linkerSettings: [.linkedLibrary("zstd")]),
  .target(name: "CCrypto", linkerSettings: [.linkedLibrary("crypto")]),
  .target(name: "CLinux"),
  .target(name: "CPrefetch"),
  .target(name: "CBytes"),
  .target(name: "CVectors"),
  .target(name: "CDNNL"),
  // simdjson asserts on some bad input where NDEBUG is not set: an input must not end the process.
  .target(name: "CSimdjson", cxxSettings: [.define("NDEBUG")], linkerSettings: [.linkedLibrary("simdjson")]),
]

let rooms: [Target] = [
  room("Statistics", []),
  room("ByteIO", ["CZstd", "CCrypto", "CLinux"]),
  room("StructuredText", ["CSimdjson", yams]),
  room("UnicodeText", ["CICU", "CTextBlocks"]),
  room("Pages", ["UnicodeText"]),
  room("Corpus", ["ByteIO", "CSimdjson"]),
  room("Tokenization", ["CPrefetch", "CTextBlocks", "ByteIO", "UnicodeText", "StructuredText"]),
  room("TokenDataset", ["ByteIO", "CLinux"]),
  room("TrainingOrder", ["ByteIO", "TokenDataset"]),
  room("SwapRules", ["CPrefetch", "CBytes", "ByteIO", "CICU", "UnicodeText", "StructuredText"]),
  room("NeoXModel", ["ByteIO", "StructuredText", "CDNNL", "CVectors"], fixtures: ["Fixtures"]),
  room(
    "BiasEvaluation",
    ["Statistics", "ByteIO", "StructuredText", "Tokenization", "TokenDataset", "NeoXModel"]),
  room("Intervention", ["UnicodeText", "Tokenization", "SwapRules", "TrainingOrder"]),
  room(
    "Pipeline",
    [
      "ByteIO", "StructuredText", "UnicodeText", "Pages", "Corpus", "Tokenization", "TokenDataset", "TrainingOrder",
      "SwapRules", "Intervention",
    ]),
  room(
    "Workbench",
    ["ByteIO", "StructuredText", "UnicodeText", "Corpus", "Tokenization", "SwapRules", "Intervention"]),
  room(
    "Planning",
    ["ByteIO", "StructuredText", "Corpus", "TrainingOrder", "NeoXModel", "BiasEvaluation", "Pipeline"]),
  room("Slurm", ["ByteIO", "StructuredText", "Planning"]),
  room("LoopbackServer", [nioCore, nioHTTP1, nioPosix]),
  room(
    "Viewing",
    [
      "ByteIO", "StructuredText", "Pages", "Tokenization", "TokenDataset", "TrainingOrder", "Pipeline",
      "LoopbackServer",
    ]),
  room(
    "Terms",
    [
      "ByteIO", "StructuredText", "UnicodeText", "Tokenization", "TokenDataset", "TrainingOrder", "SwapRules",
      "Intervention", "Pipeline",
    ]),
  room(
    "Reports",
    ["ByteIO", "StructuredText", "UnicodeText", "Pages", "Statistics", "BiasEvaluation", "Pipeline", "Terms"]),
  room(
    "TiresiasCommands",
    [
      "ByteIO", "StructuredText", "UnicodeText", "Corpus", "Tokenization", "TokenDataset",
      "TrainingOrder", "SwapRules", "NeoXModel", "BiasEvaluation", "Intervention", "Pipeline", "Workbench",
      "Planning", "Slurm", "LoopbackServer", "Viewing", "Terms", "Reports", argumentParser,
    ]),
].flatMap { $0 }

let package = Package(
  name: "tiresias",
  products: [
    .executable(name: "tiresias", targets: ["tiresias"]),
    // What Benchmarks measures.
    .library(name: "Corpus", targets: ["Corpus"]),
    .library(name: "Tokenization", targets: ["Tokenization"]),
    .library(name: "SwapRules", targets: ["SwapRules"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    // What Benchmarks, its fuzzer, and the acceptance checks of the scorer run.
    .library(name: "NeoXModel", targets: ["NeoXModel"]),
    .library(name: "BiasEvaluation", targets: ["BiasEvaluation"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "ByteIO", targets: ["ByteIO"]),
    .library(name: "StructuredText", targets: ["StructuredText"]),
    .library(name: "UnicodeText", targets: ["UnicodeText"]),
    .library(name: "CTextBlocks", targets: ["CTextBlocks"]),
    // What Fuzzing runs.
    .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: shims + rooms + [
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: swiftSettings),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "CBytes", "CTextBlocks", "CVectors", "ByteIO", "StructuredText", "UnicodeText", "Corpus", "Tokenization",
        "TokenDataset", "SwapRules", "NeoXModel", "BiasEvaluation", "Pipeline", "Planning", "Reports",
      ], path: "Tests/FuzzTargets", swiftSettings: swiftSettings),
    .testTarget(
      name: "FuzzTargetsTests", dependencies: ["FuzzTargets", "TestSupport", "ByteIO"], swiftSettings: swiftSettings),
    .executableTarget(
      name: "tiresias", dependencies: ["TiresiasCommands"], swiftSettings: swiftSettings),
  ],
  cxxLanguageStandard: .cxx17
)
