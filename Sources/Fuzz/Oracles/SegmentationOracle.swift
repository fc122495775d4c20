import Transport

/// The answers are the same wherever writes are cut: SMTP runs over a stream, whose segments say nothing (RFC 2920 §3.2, RFC 5321 §2.3.8).
enum SegmentationOracle: RelationOracle {
  static let name = "segmentation"
  static let clause = "RFC 5321 §2.3.8"
  static let severity = Finding.Severity.medium

  /// More than this is not sent octet by octet.
  private static let octetLimit = 4_000

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard !script.events.contains(.connect), script.octetCount <= octetLimit else { return nil }
    var variant = Variant(script)
    variant.segmentation = random.pick([.octet, .line, .random, .random])
    return variant
  }
}
