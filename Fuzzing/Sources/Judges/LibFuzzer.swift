import Wire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a target of libFuzzer does with an input: parse it and hold it to the grammar, or only parse it where `SMTPSPEC_BARE` is set.
package struct LibFuzzer: Sendable {
  private let entry: Entry
  private let targets: [any ParserTarget]

  /// The targets of a parser.
  package init(_ entry: Entry) {
    self.entry = entry
    if getenv("SMTPSPEC_BARE") != nil {
      targets = []
    } else {
      do throws(Grammar.Fault) { targets = try entry.targets() } catch { fatalError(error.message) }
    }
  }

  /// Tries one input; a fault ends the process, which is how libFuzzer learns of it.
  package func run(_ octets: UnsafeBufferPointer<UInt8>) -> Int32 {
    entry.parse(octets)
    for target in targets {
      // The recogniser follows every derivation, so that long inputs take long.
      let faults = target.check(Array(octets.prefix(600))).faults
      if let fault = faults.first { fatalError("\(target.name): \(fault.rule.rawValue): \(fault.detail)") }
    }
    return 0
  }

  /// Tries the inputs in files, where there is no libFuzzer to make others.
  package func replay(_ files: [String]) {
    for path in files {
      guard let file = fopen(path, "rb") else { fatalError("\(path) cannot be read") }
      defer { fclose(file) }
      var octets = [UInt8](repeating: 0, count: 1 << 20)
      let count = fread(&octets, 1, octets.count, file)
      octets.withUnsafeBufferPointer { _ = run(UnsafeBufferPointer(rebasing: $0[..<count])) }
      print("\(path): nothing found")
    }
  }
}
