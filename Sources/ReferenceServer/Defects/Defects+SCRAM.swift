import Transport
import Wire

extension Defect {
  /// Faults of SCRAM's nonces, proofs and channel binding, RFC 5802.
  static let scramDefects: [Defect] = [
    .proving("refuses-right-proof", "RFC 5802 §5", "The right proof draws 535.") { decision, _, _, context in
      if decision.code == 334 { decision.failAuthentication(in: context) }
    },
    .proving("wrong-verifier", "RFC 5802 §5", "The server's signature is made of nothing.") { decision, _, exchange, _ in
      guard decision.code == 334 else { return }
      decision.pose(.scramDone(signature: Base64.encode([UInt8](repeating: 0, count: exchange.digest.lengthInOctets))))
    },
    .proving("scram-without-verifier", "RFC 5802 §5", "The right proof succeeds at once, without the server's signature.") {
      decision, _, _, context in
      if decision.code == 334 { decision.succeed(in: context) }
    },
    .proving("accepts-every-proof", "RFC 5802 §5", "Any proof authenticates the user.") { decision, _, _, _ in
      if decision.code == 535 { decision.acceptProof() }
    },
    .proving("error-without-attribute", "RFC 5802 §5.1", "The last message after a failure has no attribute e.") { decision, _, _, _ in
      if decision.code == 535 { decision.pose(lastWord: "invalid-proof") }
    },
    .proving("takes-any-nonce", "RFC 5802 §5.1", "The nonce of the second message is not compared.") { decision, message, exchange, _ in
      if decision.code == 535, !message.contains(Array("r=".utf8) + exchange.nonce) { decision.acceptProof() }
    },
    .proving("does-not-look-at-binding", "RFC 5802 §6", "The attribute c is not looked at.") { decision, message, exchange, _ in
      if decision.code == 535, !message.contains(Array("c=".utf8) + Base64.encode(exchange.header)) { decision.acceptProof() }
    },
    .posing("forgets-client-nonce", "RFC 5802 §5.1", "The server's nonce does not have the client's in front.") { exchange, message in
      exchange.nonce = Array(exchange.nonce.dropFirst(message.attribute("r").count))
    },
    .posing("adds-nothing-to-nonce", "RFC 5802 §5.1", "The server sends the client's nonce back as it is.") { exchange, message in
      exchange.nonce = message.attribute("r")
    },
    .configured("same-nonce-again", "RFC 5802 §5.1", "The server's part of the nonce is always the same.") {
      $0.makeNonce = { Array("3rfcNHYJY1ZVvWVs7j".utf8) }
    },
    .configured("few-iterations", "RFC 5802 §5.1", "A password is hashed a thousand times.") { $0.scramIterations = 1000 },
    .writing("cuts-long-challenge", "RFC 4954 §4", "A challenge is cut to what a reply line may have.") { octets, _ in
      if octets.starts(with: Array("334 ".utf8)), octets.count > 512 { octets = Array(octets.prefix(305)) + .crlf }
    },
    .beginning("takes-any-flag", "RFC 5802 §5", "Any flag of channel binding is taken for n.") { decision, message, context in
      guard decision.code == 535, let flag = message.parts.first, flag != Array("n".utf8), flag != Array("y".utf8) else { return }
      decision = context.redecide(message: [Array("n".utf8)] + message.parts.dropFirst())
      decision.changeExchange { $0.header = flag + $0.header.dropFirst() }
    },
    .beginning("refuses-client-that-could-bind", "RFC 5802 §6", "The flag y draws 535.") { decision, message, context in
      if message.parts.first == Array("y".utf8) { decision.failAuthentication(in: context) }
    },
    .listingAuthentication("offers-plus-and-takes-y", "RFC 5802 §6", "Mechanisms with -PLUS are listed, and the flag y is taken.") {
      $0 + " SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS"
    },
    .listingAuthentication("offers-plus-alone", "RFC 5802 §4", "Mechanisms are listed with -PLUS and not without.") { list in
      list.split(separator: " ").map { $0.hasPrefix("SCRAM-") ? "\($0)-PLUS" : String($0) }.joined(separator: " ")
    },
  ]

  /// A defect in what the second message draws.
  private static func proving(
    _ name: String, _ source: String, _ summary: String,
    _ change: @escaping @Sendable (inout Decision, _ message: [[UInt8]], SCRAMExchange, DecisionContext) -> Void
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      guard case .scramFinal(let exchange) = context.before.authentication, let message = context.response.flatMap({ Base64.decode($0) })
      else { return }
      change(&decision, SCRAMMessage(message).parts, exchange, context)
    }
  }

  /// A defect in what is made of the first message.
  private static func posing(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout SCRAMExchange, SCRAMMessage) -> Void
  ) -> Defect {
    beginning(name, source, summary) { decision, message, _ in
      decision.changeExchange { change(&$0, message) }
    }
  }

  /// A defect in what the first message draws.
  static func beginning(
    _ name: String, _ source: String, _ summary: String,
    _ change: @escaping @Sendable (inout Decision, SCRAMMessage, DecisionContext) -> Void
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      if let message = context.scramMessage { change(&decision, SCRAMMessage(message), context) }
    }
  }
}

/// A message of SCRAM as it is cut at its commas.
struct SCRAMMessage {
  var parts: [[UInt8]]

  init(_ octets: [UInt8]) {
    parts = octets.split(separator: .comma, omittingEmptySubsequences: false).map(Array.init)
  }

  /// The value of an attribute, empty where there is none.
  func attribute(_ name: String) -> [UInt8] {
    let head = Array("\(name)=".utf8)
    return parts.first { $0.starts(with: head) }.map { Array($0.dropFirst(head.count)) } ?? []
  }
}

extension DecisionContext {
  /// SCRAM's first message.
  var scramMessage: [UInt8]? {
    firstMessage(.scramSHA1, .scramFirst(.sha1)) ?? firstMessage(.scramSHA256, .scramFirst(.sha256))
  }

  /// What an honest server decides on another first message.
  func redecide(message parts: some Sequence<[UInt8]>) -> Decision {
    let octets = Base64.encode(Array(Array(parts).joined(separator: [.comma])))
    guard case .auth(let mechanism, _) = command else { return redecide(.response(octets)) }
    return redecide(.command(.auth(mechanism: mechanism, initialResponse: octets)))
  }
}

extension Decision {
  /// Goes on as if the proof had been right.
  mutating func acceptProof() {
    pose(.scramDone(signature: Base64.encode([UInt8](repeating: 0, count: 20))))
  }

  /// Changes the exchange whose first challenge is sent.
  mutating func changeExchange(_ change: (inout SCRAMExchange) -> Void) {
    guard code == 334, case .scramFinal(var exchange) = next.authentication else { return }
    change(&exchange)
    pose(.scramFinal(exchange))
  }
}
