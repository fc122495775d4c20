import Transport
import Wire

extension Defect {
  /// Faults of SCRAM's names, identities and extensions, RFC 5802 §5.1.
  static let scramNameDefects: [Defect] = [
    .deciding("scram-refuses-authorization-identity", "RFC 5802 §5.1", "Any authorization identity in SCRAM draws 535.") {
      decision, context in
      guard case .scramFinal(let exchange) = context.before.authentication, exchange.identity != nil else { return }
      decision.failAuthentication(in: context)
    },
    .deciding("scram-ignores-authorization-identity", "RFC 5802 §5.1", "Whoever has a password may act as anybody by SCRAM.") {
      decision, context in
      guard case .scramFinal(var exchange) = context.before.authentication, decision.code == 535 else { return }
      exchange.identity = nil
      decision = context.redecide { $0.authentication = .scramFinal(exchange) }
    },
    .beginning("proof-over-prepared-name", "RFC 5802 §5.1", "The proof is computed over the name as it was prepared.") {
      decision, message, _ in
      decision.changeExchange { exchange in
        var parts = message.parts.dropFirst(2)
        parts[2] = Array("n=\(exchange.user)".utf8)
        exchange.bare = Array(Array(parts).joined(separator: [.comma]))
      }
    },
    .beginning("finds-names-as-they-come", "RFC 5802 §5.1", "SCRAM finds users without SASLprep.") { decision, message, context in
      if message.attribute("n").starts(with: [0xC2, 0xAD]) { decision.failAuthentication(in: context) }
    },
    .beginning("goes-on-with-any-name", "RFC 5802 §5.1", "A name that SASLprep refuses does not end the exchange.") {
      decision, message, context in
      guard decision.code == 535, SASLprep.prepare(message.attribute("n")) == nil, message.parts.count >= 4 else { return }
      var parts = message.parts
      parts[2] = Array("n=nobody".utf8)
      decision = context.redecide(message: parts)
    },
    .beginning("passes-over-bad-escape", "RFC 5802 §5.1", "An equals sign in a name is passed over where it is no escape.") {
      decision, message, context in
      guard decision.code == 535, message.parts.count >= 4, let equal = message.attribute("n").firstIndex(of: .equal) else { return }
      var parts = message.parts
      parts[2] = Array("n=".utf8) + message.attribute("n")[..<equal]
      decision = context.redecide(message: parts)
      decision.changeExchange { $0.bare = Array(Array(message.parts.dropFirst(2)).joined(separator: [.comma])) }
    },
    .beginning("hangs-up-on-malformed-scram", "RFC 5321 §4.2", "A first message of SCRAM without name or nonce closes the connection.") {
      decision, message, _ in
      if message.parts.count < 4 { decision.hangUp() }
    },
    .beginning("passes-over-mandatory-extension", "RFC 5802 §5.1", "The attribute m is passed over.") { decision, message, context in
      guard decision.code == 535, message.parts.contains(where: \.isMandatory) else { return }
      decision = context.redecide(message: message.parts.filter { !$0.isMandatory })
    },
    .beginning("other-error-for-extensions", "RFC 5802 §5.1", "The attribute m draws the error other-error.") { decision, message, _ in
      if message.parts.contains(where: \.isMandatory) { decision.pose(lastWord: "e=other-error") }
    },
    .deciding("refuses-optional-extension", "RFC 5802 §5.1", "An attribute that is not known draws 535.") { decision, context in
      let isSecond = if case .scramFinal = context.before.authentication { true } else { false }
      guard let message = context.scramMessage ?? (isSecond ? context.response.flatMap { Base64.decode($0) } : nil) else { return }
      if !SCRAMMessage(message).attribute("x").isEmpty { decision.failAuthentication(in: context) }
    },
  ]
}

extension [UInt8] {
  /// Whether this part of a message is the attribute m.
  fileprivate var isMandatory: Bool { starts(with: Array("m=".utf8)) }
}
