// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "tiresias-benchmarks",
  dependencies: [.package(name: "tiresias", path: "..")],
  targets: [
    .executableTarget(
      name: "encode-speed",
      dependencies: ["ByteIO", "Corpus", "Tokenization"].map { .product(name: $0, package: "tiresias") }),
    .executableTarget(
      name: "encode-fuzz",
      dependencies: ["ByteIO", "Corpus", "StructuredText", "Tokenization", "UnicodeText"].map {
        .product(name: $0, package: "tiresias")
      }),
    .executableTarget(
      name: "language-speed",
      dependencies: ["CTextBlocks", "Tokenization"].map { .product(name: $0, package: "tiresias") }),
    .executableTarget(
      name: "rules-speed",
      dependencies: [.product(name: "SwapRules", package: "tiresias"), .product(name: "Corpus", package: "tiresias")]),
    .executableTarget(name: "statistics", dependencies: [.product(name: "Statistics", package: "tiresias")]),
    .executableTarget(
      name: "evaluation-fuzz",
      dependencies: ["BiasEvaluation", "ByteIO", "NeoXModel", "Reports", "StructuredText"].map {
        .product(name: $0, package: "tiresias")
      }),
    .executableTarget(name: "neox-scores", dependencies: [.product(name: "NeoXModel", package: "tiresias")]),
  ]
)
