/// What the sender wants to be told of one recipient, RFC 3461 §4.1.
package struct NotifyConditions: OptionSet, Sendable, Hashable {
  /// One bit a condition.
  package let rawValue: UInt8

  /// Makes a set of its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// As NOTIFY has it.
  package var words: String {
    let all: [(NotifyConditions, String)] = [(.success, "SUCCESS"), (.failure, "FAILURE"), (.delay, "DELAY")]
    return isEmpty ? "NEVER" : all.filter { contains($0.0) }.map(\.1).joined(separator: ",")
  }

  /// That the message was delivered.
  package static let success = NotifyConditions(rawValue: 1)
  /// That it could not be delivered.
  package static let failure = NotifyConditions(rawValue: 2)
  /// That it is late.
  package static let delay = NotifyConditions(rawValue: 4)
  /// Nothing at all, `NEVER`.
  package static let never: NotifyConditions = []

  /// Reads the value of NOTIFY; `nil` where a word is unknown, or `NEVER` does not stand alone.
  ///
  ///     notify-esmtp-value  = "NEVER" / 1#notify-list-element
  ///     notify-list-element = "SUCCESS" / "FAILURE" / "DELAY"
  package init?(_ value: Octets) {
    guard !value.matchesIgnoringCase("NEVER".utf8) else {
      self = .never
      return
    }
    self = []
    for word in value.split(separator: .comma, omittingEmptySubsequences: false) {
      switch word.uppercasedString {
      case "SUCCESS": insert(.success)
      case "FAILURE": insert(.failure)
      case "DELAY": insert(.delay)
      default: return nil
      }
    }
  }
}

/// How much of a message a report on its failure returns, RFC 3461 §4.3.
package enum ReturnedContent: String, Sendable, Hashable, CaseIterable {
  case full = "FULL"
  case headers = "HDRS"
}

/// The recipient's address as the sender gave it, RFC 3461 §4.2.
package struct OriginalRecipient: Sendable, Hashable {
  /// The name of the address's type, as it was written.
  package let type: Octets
  /// The address, decoded.
  package let address: Octets

  /// Reads the value of ORCPT; `nil` where it does not fit, or the address is not printable US-ASCII, or UTF-8 of the type `utf-8`
  /// (RFC 6533 §3), which then stands there as it is.
  ///
  ///     original-recipient-address = addr-type ";" xtext
  ///     addr-type                  = atom
  package init?(_ value: Octets) {
    guard let semicolon = value.firstIndex(of: .semicolon), semicolon > 0 else { return nil }
    let type = value[..<semicolon]
    if type.matchesIgnoringCase("utf-8".utf8), !value.isASCII {
      self.type = Octets(type)
      address = Octets(value[(semicolon + 1)...])
      return
    }
    guard type.allSatisfy(\.isAtomText), let address = XText.decode(value[(semicolon + 1)...], inSmallLetters: false),
      address.allSatisfy(\.isText)
    else {
      return nil
    }
    self.type = Octets(type)
    self.address = address
  }
}
