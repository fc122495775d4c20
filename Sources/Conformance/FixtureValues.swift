import Wire

/// What the target offers, as a run found it.
struct FixtureValues: Sendable {
  private var values: [Fixture: [UInt8]] = [:]

  /// What the configuration says, and what it lets us derive.
  init(_ target: TargetConfiguration, survey: Survey?) {
    set(.client, target.client)
    set(.sender, target.sender)
    set(.recipient, target.recipient)
    set(.recipient2, target.recipient2)
    set(.unknownRecipient, target.unknownRecipient)
    set(.foreignRecipient, target.foreignRecipient)
    set(.list, target.list)
    set(.domain, target.domain)
    set(.postmaster, target.domain.map { "postmaster@\($0)" })
    set(.user, target.recipient.flatMap { $0.lastIndex(of: "@").map { at in String(target.recipient?[..<at] ?? "") } })
    set(.username, target.credentials?.username)
    set(.password, target.credentials?.password)
    guard let survey else { return }
    set(.host, survey.host)
    if let limit = survey.sizeLimit, limit > 0 {
      set(.sizeLimit, String(limit))
      set(.overSizeLimit, String(limit + 1))
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
    guard let username = values[.username], let password = values[.password] else { return [] }
    let plain = [0] + username + [0] + password
    return [password, Base64.encode(password), Base64.encode(plain)]
  }
}
