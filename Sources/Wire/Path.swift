/// A mailbox in angle brackets, with the source route that may come before it; RFC 5321 §4.1.2 and appendix C.
package struct Path: AddressSyntax {
  /// The hosts of the source route, empty where there is none.
  package let sourceRoute: [Domain]
  /// Where the path leads.
  package let mailbox: Mailbox

  /// Makes a path, without a source route unless one is given.
  package init(sourceRoute: [Domain] = [], mailbox: Mailbox) {
    self.sourceRoute = sourceRoute
    self.mailbox = mailbox
  }

  /// Reads a path.
  ///
  ///     Path      = "<" [ A-d-l ":" ] Mailbox ">"
  ///     A-d-l     = At-domain *( "," At-domain )
  ///     At-domain = "@" Domain
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> Path {
    guard octets.octet(at: position) == .less else { throw AddressSyntaxError(.pathStart, at: position) }
    position += 1
    var sourceRoute: [Domain] = []
    if octets.octet(at: position) == .at {
      while true {
        guard octets.octet(at: position) == .at else { throw AddressSyntaxError(.sourceRoute, at: position) }
        position += 1
        sourceRoute.append(try Domain.read(octets, at: &position, in: form))
        guard let next = octets.octet(at: position), next == .colon || next == 0x2C else {
          throw AddressSyntaxError(.sourceRoute, at: position)
        }
        position += 1
        if next == .colon { break }
      }
    }
    let mailbox = try Mailbox.read(octets, at: &position, in: form)
    guard octets.octet(at: position) == .greater else { throw AddressSyntaxError(.pathEnd, at: position) }
    position += 1
    return Path(sourceRoute: sourceRoute, mailbox: mailbox)
  }

  /// The octets as they are sent.
  package var octets: Octets {
    let route = sourceRoute.map { [.at] + $0.octets }.joined(separator: [0x2C])
    return [.less] + route + (sourceRoute.isEmpty ? [] : [.colon]) + mailbox.octets + [.greater]
  }

  /// The first size of RFC 5321 §4.5.3.1 that the path is over, if any.
  package var exceededLimit: AddressLimit? {
    if mailbox.localPart.octets.count > Limits.localPart { return .localPart }
    let domains = sourceRoute.map(\.octets) + [mailbox.host.octets]
    if domains.contains(where: { $0.count > Limits.domain }) { return .domain }
    return octets.count > Limits.path ? .path : nil
  }
}

/// A size that a server may refuse to go beyond, RFC 5321 §4.5.3.1.
package enum AddressLimit: Sendable, Hashable {
  /// 64 octets, §4.5.3.1.1.
  case localPart
  /// 255 octets, §4.5.3.1.2.
  case domain
  /// 256 octets, §4.5.3.1.3.
  case path
}

/// The argument of MAIL, `Path / "<>"`, RFC 5321 §4.1.2.
package enum ReversePath: AddressSyntax {
  /// `<>`: nobody is to be told, RFC 5321 §4.5.5.
  case null
  case path(Path)

  /// Reads `Path / "<>"`.
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> ReversePath {
    if octets.has("<>", at: position) {
      position += 2
      return .null
    }
    return .path(try Path.read(octets, at: &position, in: form))
  }

  /// The octets as they are sent.
  package var octets: Octets {
    switch self {
    case .null: [.less, .greater]
    case .path(let path): path.octets
    }
  }

  /// The mailbox, where it is not null.
  package var mailbox: Mailbox? {
    guard case .path(let path) = self else { return nil }
    return path.mailbox
  }
}

/// The argument of RCPT, `"<Postmaster>" / Path`, RFC 5321 §4.1.1.3.
package enum ForwardPath: AddressSyntax {
  /// `<Postmaster>` without a domain, in any letter case, RFC 5321 §4.5.1.
  case postmaster
  case path(Path)

  /// Reads `"<Postmaster>" / Path`, letters in either case.
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> ForwardPath {
    if octets.has("<Postmaster>", at: position) {
      position += 12
      return .postmaster
    }
    return .path(try Path.read(octets, at: &position, in: form))
  }

  /// The octets as they are sent.
  package var octets: Octets {
    switch self {
    case .postmaster: Octets("<Postmaster>".utf8)
    case .path(let path): path.octets
    }
  }

  /// The mailbox, where it names one with a domain.
  package var mailbox: Mailbox? {
    guard case .path(let path) = self else { return nil }
    return path.mailbox
  }
}
