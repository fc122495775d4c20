// swift-tools-version: 6.2
import PackageDescription

// The parsers of Wire, compiled a second time with the compiler's coverage hooks: for an engine of our own in process, and for libFuzzer.
// A package of its own, because nobody can depend on one with unsafe flags, and because what is instrumented is two to three times
// slower. `scripts/fuzz-parsers.sh` builds and runs it; `Sources/Wire` and the files of the grammar are links to those of smtpspec.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
// Coverage alone, without a main function; with `--sanitize fuzzer` the linker adds that of libFuzzer.
let instrumented = strict + [.unsafeFlags(["-sanitize=fuzzer"])]

let package = Package(
  name: "smtpspec-fuzzing",
  platforms: [.macOS("26.0")],
  targets: [
    .target(name: "Wire", swiftSettings: instrumented),
    .target(name: "Judges", dependencies: ["Wire"], swiftSettings: strict),
    .target(name: "CEdges", cSettings: [.unsafeFlags(["-O2"])]),
    .executableTarget(name: "EdgeFuzzer", dependencies: ["CEdges", "Judges", "Wire"], swiftSettings: strict),
    .executableTarget(name: "ReplyFuzzer", dependencies: ["Judges", "Wire"], swiftSettings: strict),
    .executableTarget(name: "CommandFuzzer", dependencies: ["Judges", "Wire"], swiftSettings: strict),
    .executableTarget(name: "MailDataFuzzer", dependencies: ["Judges", "Wire"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
