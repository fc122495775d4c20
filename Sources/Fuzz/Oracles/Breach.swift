/// A requirement of the register that is not kept, and the place of a dialogue at which that shows.
package struct Breach: Sendable, Equatable {
  /// Where a case of `specs/` expects something.
  package enum Place: Sendable, Equatable {
    /// Of the reply itself.
    case reply
    /// Behind the reply, in a step of its own.
    case behind
    /// Behind the handshake that follows the reply.
    case underTLS
    /// Of the reply to a line that is sent behind it.
    case next(String)
  }

  /// The RFC.
  package let rfc: Int
  /// The section.
  package let section: String
  /// The requirement's id.
  package let requirement: String
  /// What has to match, in the specs' words: a code, a word, or a map in braces.
  package let expectation: String
  /// Where it is expected.
  package let place: Place
  /// The turn of the first connection, from 0 for the greeting, that the place is about.
  package var turn = 0

  /// A breach at a place.
  package init(_ rfc: Int, _ section: String, _ requirement: String, _ expectation: String, at place: Place = .reply) {
    self.rfc = rfc
    self.section = section
    self.requirement = requirement
    self.expectation = expectation
    self.place = place
  }

  /// The same, about this turn.
  func about(_ turn: Int) -> Breach {
    var rule = self
    rule.turn = turn
    return rule
  }
}

extension Suspicion {
  /// The same, with a rule.
  func ruled(_ rule: Breach?) -> Suspicion {
    var suspicion = self
    suspicion.rule = rule
    return suspicion
  }

  /// The same, its rule about this turn.
  func about(_ turn: Int) -> Suspicion { ruled(rule?.about(turn)) }
}
