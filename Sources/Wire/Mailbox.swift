/// A mailbox, `Local-part "@" ( Domain / address-literal )`, RFC 5321 §4.1.2.
package struct Mailbox: AddressSyntax {
  /// What stands before the `@`.
  package let localPart: LocalPart
  /// What stands after the `@`.
  package let host: Host

  /// Joins a local part and a host.
  package init(localPart: LocalPart, host: Host) {
    self.localPart = localPart
    self.host = host
  }

  /// Reads `Local-part "@" ( Domain / address-literal )`.
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> Mailbox {
    let localPart = try LocalPart.read(octets, at: &position, in: form)
    guard octets.octet(at: position) == .at else { throw AddressSyntaxError(.at, at: position) }
    position += 1
    return Mailbox(localPart: localPart, host: try Host.read(octets, at: &position, in: form))
  }

  /// The octets as they are sent.
  package var octets: Octets { localPart.octets + [.at] + host.octets }

  /// Whether the local part is `postmaster` in any letter case, RFC 5321 §2.3.11 and §4.5.1.
  package var isPostmaster: Bool { localPart.value.matchesIgnoringCase("postmaster".utf8) }
}
