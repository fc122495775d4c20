import Wire

extension Step {
  /// The verbs that its lines begin with, in upper case; a fixture counts for nothing.
  var verbs: Set<String> {
    switch action {
    case .send(let templates): templates.reduce(into: []) { $0.formUnion($1.verbs) }
    case .startTLS(let handshake): handshake.after?.verbs ?? []
    case .tlsRaw(let template): template.verbs
    case .sasl(let sasl): sasl.mechanism == nil ? [] : ["AUTH"]
    case .reply, .serve, .await, .closeNotify, .halfClose, .reset, .pause, nil: []
    }
  }

  /// The verb of the line at a place, or of the only one.
  func verb(at place: Int) -> String? {
    guard case .send(let templates) = action else { return nil }
    let template = templates.indices.contains(place) ? templates[place] : templates.last
    return template?.verbs.count == 1 ? template?.verbs.first : nil
  }
}

extension Template {
  /// The verbs that its lines begin with, in upper case; a fixture counts for nothing.
  fileprivate var verbs: Set<String> {
    var octets: [UInt8] = []
    Self.outline(parts, into: &octets)
    let words = octets.split(separator: .lineFeed).map { $0.prefix(Self.verbLimit + 1).prefix(while: \.isLetter) }
    return Set(words.filter { (1...Self.verbLimit).contains($0.count) }.map { Array($0).uppercasedString })
  }

  /// No verb has more letters: STARTTLS.
  private static let verbLimit = 8

  /// The octets with every repetition once, which is enough for how lines begin.
  private static func outline(_ parts: [Part], into octets: inout [UInt8]) {
    for part in parts {
      switch part {
      case .octets(let some): octets += some
      case .fixture: octets.append(.space)
      case .repeated(let inner, _): outline(inner, into: &octets)
      case .chunk(_, let isLast): octets += isLast ? "BDAT LAST\n".utf8 : "BDAT \n".utf8
      case .base64: octets.append(.space)
      }
    }
  }
}

extension Case {
  /// Whether its octets say one of these verbs.
  func says(_ verbs: Set<String>) -> Bool {
    steps.contains { !$0.verbs.isDisjoint(with: verbs) }
  }

  /// Whether it is about how a client logs in or how TLS begins: then nothing of either may have happened before its first step.
  private var isAboutLogin: Bool {
    says(["AUTH", "STARTTLS"]) || !needs.mechanisms.isEmpty || needs.extensions.contains("AUTH") || needs.extensions.contains("STARTTLS")
  }

  /// Whether its state is reached with a login: where it asks for one, and wherever a submission server could not be tested without.
  ///
  /// - SeeAlso: RFC 6409 §4.3.
  func logsIn(to target: TargetConfiguration) -> Bool {
    guard target.role == .submission, target.credentials != nil else { return given == .authenticated }
    return switch given {
    case .mail, .rcpt, .data, .authenticated: true
    case .ehlo, .tls: !isAboutLogin
    case .connect, .greeting, .helo, .lhlo, .secured, .accepted: false
    }
  }
}
