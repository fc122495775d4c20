import Wire

/// What the target offers, as a run found it.
struct FixtureValues: Sendable {
  private var values: [Fixture: [UInt8]] = [:]

  /// What the configuration says, and what it lets us derive.
  init(_ target: TargetConfiguration, survey: Survey?) {
    set(.hello, target.role == .lmtp ? "LHLO" : "EHLO")
    set(.client, target.client)
    set(.sender, target.sender)
    set(.recipient, target.recipient)
    set(.recipient2, target.recipient2)
    set(.unknownRecipient, target.unknownRecipient)
    set(.foreignRecipient, target.foreignRecipient)
    set(.utf8Recipient, target.utf8Recipient)
    set(.nullMXDomain, target.nullMXDomain)
    set(.reassignedRecipient, target.reassignedRecipient)
    set(.failingRecipient, target.failingRecipient)
    set(.list, target.list)
    set(.domain, target.domain)
    set(.emptyDomain, target.emptyDomain)
    set(.capitalDomain, target.domain?.uppercased())
    set(.mailingList, target.mailingList)
    set(.localSender, target.localSender)
    set(.undeliverableRecipient, target.undeliverableRecipient)
    set(.undeliverableRecipient2, target.undeliverableRecipient2)
    set(.postmaster, target.domain.map { "postmaster@\($0)" })
    set(.user, target.recipient.flatMap { $0.lastIndex(of: "@").map { at in String(target.recipient?[..<at] ?? "") } })
    set(.username, target.credentials?.username)
    set(.password, target.credentials?.password)
    if let credentials = target.credentials {
      let (username, password) = (Array(credentials.username.utf8), Array(credentials.password.utf8))
      values[.authPlain] = Base64.encode([0] + username + [0] + password)
      values[.authLoginUser] = Base64.encode(username)
      values[.authLoginPassword] = Base64.encode(password)
    }
    set(.bearerToken, target.credentials?.token)
    guard let survey else { return }
    set(.host, survey.host)
    // DELIVERBY has the least time in seconds, and perhaps more behind a comma (RFC 2852 §2).
    let minimum = survey.keywords.first { $0.name == "DELIVERBY" }?.parameters.first?.prefix { $0 != "," }
    if let minimum = minimum.flatMap({ Int($0) }), minimum > 1 { set(.shortByTime, String(minimum - 1)) }
    if let limit = survey.sizeLimit, limit > 0 {
      set(.sizeLimit, String(limit))
      set(.overSizeLimit, String(limit + 1))
    }
    let hold = survey.parameters(of: "FUTURERELEASE")
    if let limit = hold.first.flatMap({ Int($0) }), limit > 0 {
      set(.holdLimit, String(limit))
      set(.overHoldLimit, String(limit + 1))
    }
    if hold.count == 2, InternetDateTime(hold[1].utf8) != nil { set(.holdDate, hold[1]) }
    for (fixture, name) in [(Fixture.mailLimit, "MAILMAX="), (.rcptLimit, "RCPTMAX=")] {
      let word = survey.parameters(of: "LIMITS").first { $0.uppercased().hasPrefix(name) }
      // More than so many is not worth the time.
      if let limit = word.flatMap({ Int($0.dropFirst(name.count)) }), (1...1000).contains(limit) { set(fixture, String(limit)) }
    }
  }

  private mutating func set(_ fixture: Fixture, _ text: String?) {
    if let text, !text.isEmpty { values[fixture] = Array(text.utf8) }
  }

  /// The fixture's octets, `nil` where the target lacks it.
  subscript(fixture: Fixture) -> [UInt8]? {
    get { values[fixture] }
    set { values[fixture] = newValue }
  }

  /// The values of which nothing may be shown.
  var secrets: [[UInt8]] {
    let fixtures: [Fixture] = [.authPlain, .authLoginPassword, .authLoginUser, .password, .bearerToken]
    return fixtures.compactMap { values[$0] } + encodedSecrets
  }

  /// What was made of the secrets besides; nothing of it may be shown either.
  private var encodedSecrets: [[UInt8]] = []

  /// Remembers what base64 a template has with a secret in it.
  mutating func noteSecrets(of template: Template) {
    for part in template.parts { noteSecrets(of: part) }
  }

  private mutating func noteSecrets(of part: Template.Part) {
    switch part {
    case .octets, .fixture: return
    case .repeated(let inner, _), .chunk(let inner, _): for part in inner { noteSecrets(of: part) }
    case .base64(let inner):
      guard !Template(parts: inner).fixtures.isDisjoint(with: [.password, .bearerToken]) else { return }
      note(secret: Template(parts: [part]).filled { values[$0] })
    }
  }

  /// Remembers octets that may not be shown.
  mutating func note(secret octets: [UInt8]) {
    if !encodedSecrets.contains(octets) { encodedSecrets.append(octets) }
  }
}
