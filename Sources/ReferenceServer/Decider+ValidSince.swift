import Wire

/// Require-Recipient-Valid-Since, RFC 7293.
extension Decider {
  /// Whether users have had their mailboxes since an instant.
  ///
  /// Role accounts are not asked about (§5.1), and who never followed another owner passes whatever the instant (§9).
  func haveOwned(_ users: [String], since instant: ValidSince) -> Bool {
    users.allSatisfy { user in
      guard !Self.roleAccounts.contains(user), let reassigned = configuration.reassignedMailboxes[user] else { return true }
      return reassigned <= instant.secondsSince1970
    }
  }

  /// Those names of RFC 2142 that a user of this server can have.
  private static let roleAccounts: Set<String> = [
    "info", "marketing", "sales", "support", "abuse", "noc", "security", "postmaster", "hostmaster", "usenet", "news", "webmaster", "www",
    "uucp", "ftp",
  ]

  /// The recipient whom a header field of the message forbids to deliver to, if there is one (§5.2).
  func outdatedRecipient(in content: MailContent) -> ServerState.Recipient? {
    guard configuration.offers(.validSince) else { return nil }
    for field in Message(content.octets).fields(named: Self.validSinceField) {
      guard let (mailbox, instant) = ValidSince.read(header: field.value) else { continue }
      let named = destination(of: .path(Path(mailbox: mailbox)))
      for recipient in state.recipients where recipient.validSince == nil && isMailbox(named, of: recipient) {
        if !haveOwned(recipient.users, since: instant) { return recipient }
      }
    }
    return nil
  }

  private func isMailbox(_ destination: Destination, of recipient: ServerState.Recipient) -> Bool {
    guard case .users(let users) = destination else { return false }
    return recipient.list == nil && recipient.users == users
  }

  /// The field's name (§3.2).
  static let validSinceField = "Require-Recipient-Valid-Since"
}
