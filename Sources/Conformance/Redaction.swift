import Wire

/// Takes secrets out of what is shown.
struct Redaction {
  /// What stands where a secret stood.
  static let mark = Array("[redacted]".utf8)
  /// Shorter secrets stay: they would be found everywhere.
  static let shortestSecretInOctets = 3

  private let secrets: [[UInt8]]
  /// For each octet, whether a secret begins with it.
  private let begins: [Bool]

  /// A redaction of these secrets; one that stands in another gives way to it.
  init(_ secrets: [[UInt8]]) {
    let secrets = secrets.filter { $0.count >= Self.shortestSecretInOctets }.sorted { $0.count > $1.count }
    var begins = [Bool](repeating: false, count: 256)
    for secret in secrets { begins[Int(secret[0])] = true }
    self.secrets = secrets
    self.begins = begins
  }

  /// The octets without the secrets.
  func redact(_ octets: [UInt8]) -> [UInt8] {
    redact(pieces: [octets]).first ?? []
  }

  /// The pieces without the secrets, which may lie across several of them.
  func redact(pieces: [[UInt8]]) -> [[UInt8]] {
    let whole = pieces.flatMap { $0 }
    let found = places(in: whole)
    guard !found.isEmpty else { return pieces }
    var result: [[UInt8]] = []
    var start = 0
    for piece in pieces {
      let end = start + piece.count
      var kept: [UInt8] = []
      var at = start
      for place in found where place.upperBound > start && place.lowerBound < end {
        if place.lowerBound >= at { kept += whole[at..<place.lowerBound] + Self.mark }
        at = min(place.upperBound, end)
      }
      result.append(kept + whole[at..<end])
      start = end
    }
    return result
  }

  /// The text without the secrets, which stand in it escaped.
  func redact(_ text: String) -> String {
    let escaped = Redaction(secrets.map { Array(Escaped.show($0).utf8) })
    return String(decoding: escaped.redact(Array(text.utf8)), as: UTF8.self)
  }

  /// The verdict without the secrets.
  func redact(_ verdict: Verdict) -> Verdict {
    switch verdict {
    case .satisfied: .satisfied
    case .violated(let violation): .violated(redact(violation))
    case .latitude(let text): .latitude(redact(text))
    case .inconclusive(let text): .inconclusive(redact(text))
    case .notApplicable(let text): .notApplicable(redact(text))
    case .waived(let reason, let violation): .waived(reason: reason, redact(violation))
    }
  }

  private func redact(_ violation: Violation) -> Violation {
    Violation(step: violation.step, expected: redact(violation.expected), observed: redact(violation.observed))
  }

  /// Where the secrets stand, in order and apart.
  private func places(in octets: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    guard !secrets.isEmpty else { return found }
    var at = 0
    while at < octets.count {
      if begins[Int(octets[at])], let secret = secrets.first(where: { octets[at...].starts(with: $0) }) {
        found.append(at..<(at + secret.count))
        at += secret.count
      } else {
        at += 1
      }
    }
    return found
  }
}
