import Wire

extension Reply {
  /// The first mailbox in angle brackets that its text has, without them, however odd it is; `nil` where there is none.
  ///
  /// - SeeAlso: RFC 5321 §3.5.2.
  var shownMailbox: [UInt8]? {
    for line in lines {
      let text = text(of: line)
      guard let start = text.firstIndex(of: .less), let end = text[start...].firstIndex(of: .greater) else { continue }
      let mailbox = text[(start + 1)..<end]
      if mailbox.contains(.at) { return Array(mailbox) }
    }
    return nil
  }
}
