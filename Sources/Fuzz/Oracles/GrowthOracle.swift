import Wire

/// What a server process holds, at one moment.
package struct ProcessReading: Sendable, Equatable {
  /// Resident memory in octets, that of its children included.
  package var memory: Int
  /// Open descriptors.
  package var descriptors: Int

  /// A reading.
  package init(memory: Int, descriptors: Int) {
    self.memory = memory
    self.descriptors = descriptors
  }
}

/// Memory or descriptors that grow with every session and are never given back.
package struct GrowthOracle: Sendable {
  /// Its name.
  package static let name = "growth"

  /// What counts as growth: so much more than the least that was read since the warm-up.
  package struct Limits: Sendable {
    /// Octets of memory.
    package var memory = 256 << 20
    /// Descriptors.
    package var descriptors = 100

    /// The usual limits.
    package init() {}

    /// What is enough where one script alone is played to a fresh server.
    var share: Limits {
      var limits = Limits()
      limits.memory = max(1 << 20, memory / 8)
      limits.descriptors = max(8, descriptors / 8)
      return limits
    }
  }

  private let limits: Limits
  private var base: ProcessReading?

  /// An oracle that has read nothing yet.
  package init(_ limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Takes a reading between sessions, when no connection is open that we know of.
  ///
  /// - Parameters:
  ///   - reading: The reading; the first one is what all others are compared with.
  ///   - sessions: How many sessions there were so far.
  /// - Returns: What it has against the server.
  package mutating func judge(_ reading: ProcessReading, after sessions: UInt64) -> Suspicion? {
    guard let old = base else {
      base = reading
      return nil
    }
    base = ProcessReading(memory: min(old.memory, reading.memory), descriptors: min(old.descriptors, reading.descriptors))
    let (memory, descriptors) = (reading.memory - old.memory, reading.descriptors - old.descriptors)
    guard memory > limits.memory || descriptors > limits.descriptors else { return nil }
    let what = memory > limits.memory ? "memory" : "descriptors"
    return Suspicion(
      Self.name, what, summary: "the server's \(what) grow with every session", clause: "open", severity: .high, confidence: .tentative,
      expected: "no more than at the beginning",
      observed: "\(memory >> 10) KiB and \(descriptors) descriptors more after \(sessions) sessions")
  }
}
