import Dialogue
import Wire

/// Message submission, RFC 6409.
extension Decider {
  private var isSubmission: Bool { configuration.service == .submission }

  /// What MAIL draws from a client that has not said who it is (§4.3); `nil` where it has, or need not.
  var authenticationRequired: Answer? {
    guard isSubmission, !state.dialogue.isAuthenticated else { return nil }
    return Answer(530, .init(7, 0), "Authentication required")
  }

  /// What MAIL or RCPT draws for a domain of one label (§4.2); `nil` where it is fully qualified.
  func refuseUnqualified(_ mailbox: Mailbox?, _ status: Answer.Status) -> Answer? {
    guard isSubmission, let mailbox, Self.isUnqualified(mailbox) else { return nil }
    return Answer(554, status, "The domain is not fully qualified")
  }

  private static func isUnqualified(_ mailbox: Mailbox) -> Bool {
    guard case .domain(let domain) = mailbox.host else { return false }
    return domain.labels.count < 2
  }

  // MARK: The header section, §4.2, §5.1 and §8

  private static let addressFields = ["From", "Sender", "Reply-To", "To", "Cc", "Bcc"]

  /// What the end of a message draws whose address fields have an address that is none, or a domain of one label (§4.2, §5.1).
  ///
  /// Only what stands alone or in angle brackets is looked at; comments, groups and quoted names are left in peace.
  func refuseHeader(of content: MailContent) -> Answer? {
    guard isSubmission else { return nil }
    for field in Message(content.octets).fields where Self.addressFields.contains(where: field.isNamed) {
      for address in field.unfoldedValue.plainAddresses {
        guard let mailbox = try? Mailbox(parsing: address, in: state.isInternationalized ? .internationalized : .ascii) else {
          return Answer(554, .init(6, 0), "\(field.name) has an address that is none")
        }
        if Self.isUnqualified(mailbox) { return Answer(554, .init(6, 0), "\(field.name) has a domain that is not fully qualified") }
      }
    }
    return nil
  }

  /// The message with the fields that it lacks and that every message has: Date, From and Message-ID (§8.2, §8.3, RFC 5322 §3.6).
  func completed(_ content: MailContent) -> MailContent {
    guard isSubmission else { return content }
    let message = Message(content.octets)
    var fields = ""
    var kept = content.octets
    if message.fields(named: "Date").isEmpty { fields += "Date: \(configuration.clock.stamp())\r\n" }
    if message.fields(named: "From").isEmpty { fields += "From: <\(author)>\r\n" }
    let identifiers = message.fields(named: "Message-ID")
    if identifiers.count != 1 || !identifiers.allSatisfy({ $0.value.isMessageIdentifier }) {
      kept = content.removingHeaderFields(named: "Message-ID")
      let number = "\(configuration.clock.now()).S\(state.session)M\(state.messages + 1)"
      fields += "Message-ID: <\(number)@\(configuration.hostName)>\r\n"
    }
    return MailContent(octets: Array(fields.utf8) + kept, sizeInOctets: content.sizeInOctets)
  }

  private var author: String {
    state.reversePath?.mailbox.map { String(decoding: $0.octets, as: UTF8.self) }
      ?? "postmaster@\(configuration.domains.first ?? configuration.hostName)"
  }
}

extension [UInt8] {
  /// The addresses of a list in which each stands alone or in angle brackets; none of what has quotes, comments or groups.
  fileprivate var plainAddresses: [[UInt8]] {
    guard !contains(where: { "\"(:;".utf8.contains($0) }) else { return [] }
    return split(separator: .comma).compactMap { entry in
      var address = entry[...]
      if let less = address.lastIndex(of: .less) {
        address = address[(less + 1)...].prefix { $0 != .greater }
      } else {
        address = address.drop(while: \.isWhiteSpace)
        while address.last?.isWhiteSpace == true { address.removeLast() }
      }
      return address.isEmpty ? nil : Array(address)
    }
  }

  /// `msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]`, RFC 5322 §3.6.4, as far as its outline goes.
  fileprivate var isMessageIdentifier: Bool {
    guard count > 4, first == .less, last == .greater else { return false }
    let inner = dropFirst().dropLast()
    guard inner.filter({ $0 == .at }).count == 1, inner.first != .at, inner.last != .at else { return false }
    return inner.allSatisfy { $0.isGraphic && $0 != .less && $0 != .greater }
  }
}
