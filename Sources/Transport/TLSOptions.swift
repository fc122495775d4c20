import COpenSSL

/// A version of TLS.
package enum TLSVersion: UInt16, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
  case tls10 = 0x0301
  case tls11 = 0x0302
  case tls12 = 0x0303
  case tls13 = 0x0304

  /// As OpenSSL writes it.
  package var description: String {
    switch self {
    case .tls10: "TLSv1"
    case .tls11: "TLSv1.1"
    case .tls12: "TLSv1.2"
    case .tls13: "TLSv1.3"
    }
  }

  /// Whether one version is older than another.
  package static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }
}

/// What a client asks of TLS.
package struct TLSOptions: Sendable {
  /// Whom the server's certificate chain is checked against.
  package enum Trust: Sendable, Hashable {
    /// The certificates the system trusts.
    case system
    /// The certificates in a PEM file.
    case file(String)
    /// Nobody: the chain is shown and not checked.
    case none
  }

  /// Sent as SNI, RFC 6066 §3; an address is never sent.
  package var serverName: String?
  /// The name or the address that the certificate must bear.
  package var verifyName: String?
  /// Whom to trust.
  package var trust: Trust
  /// The oldest version offered; `nil` is 1.2, or less where `maximum` is less.
  package var minimum: TLSVersion?
  /// The newest version offered; `nil` is 1.3.
  package var maximum: TLSVersion?
  /// An OpenSSL cipher list for TLS 1.2 and older.
  package var ciphers: String?
  /// A file to which the secrets of the session are added, for tools that decrypt captures.
  package var keyLog: String?
  /// The certificate to present where the server asks for one.
  package var identity: TLSIdentity?

  /// Options that trust nobody and offer what is usual.
  package init(
    serverName: String? = nil, verifyName: String? = nil, trust: Trust = .none, minimum: TLSVersion? = nil,
    maximum: TLSVersion? = nil, ciphers: String? = nil, keyLog: String? = nil, identity: TLSIdentity? = nil
  ) {
    self.serverName = serverName
    self.verifyName = verifyName
    self.trust = trust
    self.minimum = minimum
    self.maximum = maximum
    self.ciphers = ciphers
    self.keyLog = keyLog
    self.identity = identity
  }
}

/// What a server allows of TLS.
package struct TLSServerOptions: Sendable {
  /// The oldest version allowed; `nil` is 1.2, or less where `maximum` is less.
  package var minimum: TLSVersion?
  /// The newest version allowed; `nil` is 1.3.
  package var maximum: TLSVersion?
  /// An OpenSSL cipher list for TLS 1.2 and older.
  package var ciphers: String?
  /// Asks the client for a certificate and takes whatever it has, or none.
  package var requestsCertificate: Bool

  /// Options that allow what is usual.
  package init(
    minimum: TLSVersion? = nil, maximum: TLSVersion? = nil, ciphers: String? = nil, requestsCertificate: Bool = false
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.ciphers = ciphers
    self.requestsCertificate = requestsCertificate
  }
}

/// The versions and ciphers of one side.
struct TLSRange {
  let minimum: TLSVersion
  let maximum: TLSVersion
  let ciphers: String?

  init(minimum: TLSVersion?, maximum: TLSVersion?, ciphers: String?) {
    self.maximum = maximum ?? .tls13
    self.minimum = minimum ?? min(.tls12, self.maximum)
    self.ciphers = ciphers
  }

  /// TLS 1.0 and 1.1 sign with SHA-1, which OpenSSL allows at security level 0 alone; nobody gets that without asking.
  private var isLegacy: Bool { minimum < .tls12 }

  func apply(to ssl: OpaquePointer) throws(TLSError) {
    guard minimum <= maximum else { throw .unusableOptions("the oldest version, \(minimum), is newer than \(maximum)") }
    guard copenssl_set_protocols(ssl, Int32(minimum.rawValue), Int32(maximum.rawValue)) == 1 else {
      throw .unusableOptions("this OpenSSL has no \(minimum) to \(maximum)")
    }
    if isLegacy { SSL_set_security_level(ssl, 0) }
    if let list = ciphers ?? (isLegacy ? "ALL:!aNULL:!eNULL:@SECLEVEL=0" : nil), SSL_set_cipher_list(ssl, list) != 1 {
      ERR_clear_error()
      throw .unusableOptions("no cipher of '\(list)' can be used")
    }
  }
}
