import Dialogue
package import Wire

/// Where a forward-path leads.
package enum Destination: Sendable, Equatable {
  case users([String])
  case list(name: String, users: [String])
  /// A mailbox that takes nothing any more.
  case former(String)
  /// A domain of this server, and nobody of that name.
  case nobody
  /// A domain that this server does not serve.
  case elsewhere
  /// A domain whose mail it sends on.
  case relayed
  /// A domain that takes no mail, as its null MX says (RFC 7505).
  case nowhere
}

extension Decider {
  /// Which octets addresses may have: UTF-8 too, where EHLO has offered SMTPUTF8 (RFC 6531 §3.2).
  package var mailboxForm: MailboxForm {
    state.dialogue.hello.isExtended && configuration.offers(.internationalizedEmail) ? .internationalized : .ascii
  }

  /// Finds where a forward-path leads; its source route is ignored (RFC 5321 §3.6.1).
  package func destination(of forwardPath: ForwardPath) -> Destination {
    guard let mailbox = forwardPath.mailbox else { return .users(["postmaster"]) }
    guard isLocal(mailbox.host) else { return isRelayed(mailbox.host) ? .relayed : hasNullMX(mailbox.host) ? .nowhere : .elsewhere }
    return destination(ofLocalPart: mailbox.localPart.value)
  }

  /// Whether a host is one of the domains served, or the address that the client connected to.
  package func isLocal(_ host: Host) -> Bool {
    switch host {
    case .domain(let domain):
      configuration.domains.contains { (try? Domain(parsing: Array($0.utf8), in: .internationalized))?.aLabelOctets == domain.aLabelOctets }
    case .literal(let literal): state.localLiteral.flatMap { AddressLiteral($0) } == literal
    }
  }

  /// Whether a host is a domain whose mail is sent on.
  func isRelayed(_ host: Host) -> Bool {
    guard configuration.nextHop != nil, case .domain(let domain) = host else { return false }
    return configuration.relayDomains.contains { domain.octets.matchesIgnoringCase($0.utf8) }
  }

  /// Whether a host is a domain that takes no mail (RFC 7505 §3).
  func hasNullMX(_ host: Host) -> Bool {
    guard case .domain(let domain) = host else { return false }
    return configuration.nullMXDomains.contains { domain.octets.matchesIgnoringCase($0.utf8) }
  }

  /// Finds a mailbox or list by its unquoted local part.
  ///
  /// This server takes its own local parts in any letter case, as the host that they belong to may (RFC 5321 §2.4).
  package func destination(ofLocalPart name: [UInt8]) -> Destination {
    if let user = configuration.users.first(where: { name.matchesIgnoringCase($0.utf8) }) { return .users([user]) }
    if let user = configuration.formerUsers.first(where: { name.matchesIgnoringCase($0.utf8) }) { return .former(user) }
    if name.matchesIgnoringCase("postmaster".utf8) { return .users(["postmaster"]) }
    for (list, users) in configuration.lists where name.matchesIgnoringCase(list.utf8) { return .list(name: list, users: users) }
    return .nobody
  }
}
