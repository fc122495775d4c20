// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "smtpspec",
  platforms: [.macOS("26.0")],
  products: [
    .library(name: "Conformance", targets: ["Conformance"]),
    .library(name: "Fuzz", targets: ["Fuzz"]),
    .executable(name: "smtpspec", targets: ["smtpspec"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .target(name: "Wire", swiftSettings: strict),
    .target(name: "Dialogue", dependencies: ["Wire"], swiftSettings: strict),
    .systemLibrary(
      name: "COpenSSL",
      pkgConfig: "openssl",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
    ),
    .target(name: "Transport", dependencies: ["Wire", "COpenSSL"], swiftSettings: strict),
    .target(
      name: "ReferenceServer",
      dependencies: [
        "Dialogue", "Transport", "Wire",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict
    ),
    .target(name: "EmbeddedSpecs"),
    .target(
      name: "Conformance",
      dependencies: ["EmbeddedSpecs", "Transport", "Wire", "Yams", .product(name: "DequeModule", package: "swift-collections")],
      swiftSettings: strict
    ),
    .target(name: "EmbeddedCorpus"),
    .target(name: "CParser"),
    .target(name: "Fuzz", dependencies: ["CParser", "Dialogue", "EmbeddedCorpus", "Transport", "Wire"], swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Conformance", "Fuzz", "Wire"], swiftSettings: strict),
    .target(name: "Attestation", dependencies: ["COpenSSL", "Conformance", "Reports", "Wire"], swiftSettings: strict),
    .executableTarget(
      name: "smtpspec",
      dependencies: [
        "Attestation", "Conformance", "Fuzz", "ReferenceServer", "Reports", "Transport", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "WireBenchmark",
      dependencies: ["Wire"],
      path: "Benchmarks/WireBenchmark",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "SessionBenchmark",
      dependencies: ["Transport", "Wire"],
      path: "Benchmarks/SessionBenchmark",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "RelayCanary",
      dependencies: ["Conformance", "ReferenceServer", "Transport", "Wire"],
      path: "Tests/Interop/Canary",
      swiftSettings: strict
    ),
    .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: strict),
    .testTarget(name: "DialogueTests", dependencies: ["Dialogue", "Wire"], swiftSettings: strict),
    .testTarget(name: "TransportTests", dependencies: ["Transport", "Wire"], swiftSettings: strict),
    .testTarget(
      name: "ReferenceServerTests",
      dependencies: ["Dialogue", "ReferenceServer", "Transport", "Wire"],
      swiftSettings: strict
    ),
    .testTarget(name: "ConformanceTests", dependencies: ["Conformance", "Transport", "Wire"], swiftSettings: strict),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["Dialogue", "Fuzz", "ReferenceServer", "Transport", "Wire"],
      swiftSettings: strict
    ),
    .testTarget(name: "ReportsTests", dependencies: ["Conformance", "Reports"], swiftSettings: strict),
    .testTarget(name: "AttestationTests", dependencies: ["Attestation", "Reports", "Wire"], swiftSettings: strict),
    .testTarget(
      name: "SelfTests",
      dependencies: ["smtpspec", "Conformance", "Dialogue", "Fuzz", "ReferenceServer", "Transport", "Wire"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["smtpspec", "Attestation", "Conformance", "ReferenceServer", "Reports", "Transport"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
