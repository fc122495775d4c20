import COpenSSL

extension TLSEngine {
  /// The client's side.
  convenience init(client options: TLSOptions) throws(TLSError) {
    try self.init(try TLSContext.client(trust: options.trust, keyLog: options.keyLog), isServer: false)
    try TLSRange(minimum: options.minimum, maximum: options.maximum, ciphers: options.ciphers).apply(to: ssl)
    if let name = options.serverName, !Self.isAddress(name) {
      guard copenssl_set_server_name(ssl, name) == 1 else { throw .unusableOptions("'\(name)' as a server name: \(Self.lastReason())") }
    }
    if let identity = options.identity, !identity.material.use(in: self) { throw .unusableIdentity(Self.lastReason()) }
  }

  /// The server's side.
  convenience init(server identity: TLSIdentity, _ options: TLSServerOptions) throws(TLSError) {
    try self.init(identity.context, isServer: true)
    try TLSRange(minimum: options.minimum, maximum: options.maximum, ciphers: options.ciphers).apply(to: ssl)
    if options.requestsCertificate {
      // Whatever the client has is taken; the facts say what it was.
      SSL_set_verify(ssl, SSL_VERIFY_PEER) { _, _ in 1 }
    }
  }

  /// An address is no server name, RFC 6066 §3.
  private static func isAddress(_ name: String) -> Bool {
    guard let address = a2i_IPADDRESS(name) else { return false }
    ASN1_OCTET_STRING_free(address)
    return true
  }
}
