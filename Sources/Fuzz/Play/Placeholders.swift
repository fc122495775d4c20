import Wire

/// What stands in scripts for what each target, and each session, has of its own.
package struct Placeholders: Sendable {
  /// Mailboxes that the target accepts, in place of `alice@example.test` and `bob@example.test`.
  package var recipients: [[UInt8]] = []
  /// The word of this session; no two sessions of a campaign have the same.
  package var canary: [UInt8]

  /// The recipient that scripts write.
  package static let recipient = Array("alice@example.test".utf8)
  private static let otherRecipient = Array("bob@example.test".utf8)
  /// The word that scripts write.
  package static let canary = Array("canary0000000000".utf8)
  /// What every canary begins with.
  static let canaryFront = Array("canary".utf8)

  /// Places for a session.
  package init(session: UInt64, recipients: [[UInt8]] = []) {
    self.recipients = recipients
    canary = Placeholders.canary(of: session)
  }

  /// The canary of a session: as long as the word that it replaces.
  static func canary(of session: UInt64) -> [UInt8] {
    var word = canary
    for place in 0..<(word.count - canaryFront.count) {
      let digit = UInt8(session >> UInt64(4 * place) & 0xF)
      word[word.count - 1 - place] = digit < 10 ? .zero + digit : UInt8(ascii: "a") + digit - 10
    }
    return word
  }

  /// Puts them in.
  func fill(_ octets: [UInt8]) -> [UInt8] {
    var octets = octets
    // The common case is none of them, and all of them have an octet that tells.
    if octets.span.firstIndex(of: 0x79, from: 0) != nil { replace(Placeholders.canary, by: canary, in: &octets) }
    if let first = recipients.first, octets.span.firstIndex(of: 0x40, from: 0) != nil {
      replace(Placeholders.recipient, by: first, in: &octets)
      replace(Placeholders.otherRecipient, by: recipients.count > 1 ? recipients[1] : first, in: &octets)
    }
    return octets
  }

  private func replace(_ old: [UInt8], by new: [UInt8], in octets: inout [UInt8]) {
    guard old != new, octets.count >= old.count else { return }
    var place = 0
    while let first = octets[place...].firstIndex(of: old[0]), octets.count - first >= old.count {
      if octets[first..<first + old.count].elementsEqual(old) {
        octets.replaceSubrange(first..<first + old.count, with: new)
        place = first + new.count
      } else {
        place = first + 1
      }
    }
  }

  /// The first canary of another session in what a server said.
  package static func foreignCanary(in octets: [UInt8], own: [UInt8]) -> [UInt8]? {
    let length = canary.count
    // The last letter of the front is rare, so that few places are looked at.
    for (place, octet) in octets.enumerated() where octet | 0x20 == UInt8(ascii: "y") {
      let word = octets[max(0, place + 1 - canaryFront.count)...].prefix(length)
      guard word.count == length, word.prefix(canaryFront.count).matchesIgnoringCase(canaryFront),
        word.dropFirst(canaryFront.count).allSatisfy({ $0.hexDigitValue != nil }), !word.matchesIgnoringCase(own),
        !word.matchesIgnoringCase(canary)
      else { continue }
      return Array(word)
    }
    return nil
  }
}
