import Wire

/// The client's message in OAUTHBEARER, RFC 7628 §3.1.
///
///     client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
///     kvpair      = key "=" value kvsep
struct BearerResponse: Sendable, Equatable {
  /// Whom to act as, where the header says so.
  var identity: [UInt8]
  /// The keys in lower case, and their values.
  var values: [String: [UInt8]]

  private static let separator: UInt8 = 0x01

  /// Reads a message; `nil` for one of another form.
  init?(_ message: [UInt8]) {
    let parts = message.split(separator: Self.separator, omittingEmptySubsequences: false)
    // The header, the pairs, and nothing behind the last of them nor behind the separator that ends the message.
    guard parts.count >= 3, parts[parts.count - 1].isEmpty, parts[parts.count - 2].isEmpty else { return nil }
    let header = parts[0].split(separator: .comma, omittingEmptySubsequences: false)
    guard header.count == 3, header[0].elementsEqual("n".utf8) || header[0].elementsEqual("y".utf8), header[2].isEmpty,
      header[1].isEmpty || header[1].starts(with: Array("a=".utf8))
    else { return nil }
    var values: [String: [UInt8]] = [:]
    for part in parts.dropFirst().dropLast(2) {
      guard let equal = part.firstIndex(of: .equal), equal > part.startIndex,
        part[..<equal].allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0.uppercased) })
      else { return nil }
      values[String(decoding: part[..<equal], as: UTF8.self).lowercased()] = Array(part[(equal + 1)...])
    }
    identity = Array(header[1].dropFirst(2))
    self.values = values
  }

  /// The token behind `Bearer`, which any letter case may have (RFC 7628 §4).
  var token: [UInt8]? {
    guard let value = values["auth"], let space = value.firstIndex(of: .space),
      value[..<space].matchesIgnoringCase("Bearer".utf8)
    else { return nil }
    return Array(value[space...].drop { $0 == .space })
  }

  /// The user whom it authenticates.
  ///
  /// - Returns: `nil` for a token that is nobody's, a host that is not this one (§3.2), or an identity that is not the user's own.
  func user(_ configuration: Configuration) -> String? {
    guard let token, let user = configuration.bearerTokens[String(decoding: token, as: UTF8.self)] else { return nil }
    if let host = values["host"], !host.matchesIgnoringCase(configuration.hostName.utf8) { return nil }
    return identity.isEmpty || identity == Array(user.utf8) ? user : nil
  }
}
