/// A step that sends the client's next message of an authentication exchange.
package struct SASLStep: Sendable, Equatable {
  /// The mechanism, where the step begins an exchange.
  package let mechanism: SASLMechanism?
  /// Whether AUTH brings the first message along, where the client has the first word (RFC 4954 §4).
  package let hasInitialResponse: Bool
  /// What is wrong with the message.
  package let deviation: SASLDeviation?

  /// The keys of a `sasl`.
  static let keys = ["mechanism", "initial", "deviation"]

  /// Reads `{mechanism: SCRAM-SHA-256, deviation: unknown-name}`, or `{}` for the next message of an exchange that goes on.
  init(_ node: SpecNode) throws(SpecError) {
    let fields = try node.fields(Self.keys)
    mechanism = try fields["mechanism"]?.choice(SASLMechanism.self, what: "mechanism")
    hasInitialResponse = try fields["initial"]?.flag() ?? mechanism?.isClientFirst ?? false
    deviation = try fields["deviation"]?.choice(SASLDeviation.self, what: "deviation")
    if mechanism?.isClientFirst != true, let initial = fields["initial"], hasInitialResponse {
      throw initial.error("only where the client has the first word AUTH brings a response along")
    }
    if let mechanism, !hasInitialResponse, let node = fields["deviation"] {
      throw node.error("this AUTH \(mechanism.rawValue) has no message that could deviate: the next step has")
    }
  }
}
