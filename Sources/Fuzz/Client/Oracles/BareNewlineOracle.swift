import Wire

/// The client sends CR or LF otherwise than as CRLF.
enum BareNewlineOracle: ClientOracle {
  static let name = "bare-newline"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    var found: [Suspicion] = []
    for said in trace.connections.flatMap(\.said) {
      guard let octet = bare(in: said.octets) else { continue }
      let word = octet == .lineFeed ? "LF" : "CR"
      switch said.kind {
      case .mailData:
        // Who is given CRLF and sends LF breaks it; who is given LF and sends it on leaves the conversion to whoever gave it.
        let isGiven = bare(in: trace.message) == octet
        found.append(
          suspicion(
            "\(word) in the message\(isGiven ? ", as given" : "")", isGiven ? .low : .medium, said.octets,
            "the message goes out with bare \(word)"))
      case .command, .response:
        found.append(suspicion("\(word) in a command", .medium, said.octets, "a command goes out with a bare \(word)"))
      }
    }
    return found
  }

  /// The first CR or LF that is no part of CRLF.
  private static func bare(in octets: [UInt8]) -> UInt8? {
    octets.indices.first { index in
      switch octets[index] {
      case .lineFeed: index == 0 || octets[index - 1] != .carriageReturn
      case .carriageReturn: index + 1 == octets.count || octets[index + 1] != .lineFeed
      default: false
      }
    }.map { octets[$0] }
  }

  private static func suspicion(_ key: String, _ severity: Finding.Severity, _ octets: [UInt8], _ summary: String) -> Suspicion {
    Suspicion(
      name, key, summary: summary, clause: "RFC 5321 §2.3.8", severity: severity,
      expected: "CR and LF together, at the end of lines, and nowhere else", observed: Escaped.show(octets, limit: 200))
  }
}
