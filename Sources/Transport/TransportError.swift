#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Why the transport itself could not carry on.
package enum TransportError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name has no address.
  case hostNotFound(String)
  /// The name could not be looked up at all.
  case lookupFailed(host: String, reason: String)
  /// Nobody listens there; `by` is the address tried last.
  case refused(by: String)
  /// No way leads there.
  case unreachable(String, errno: Int32)
  /// There is no socket at this path.
  case noSuchSocket(String)
  /// The deadline passed.
  case timedOut(Stage)
  /// The interrupt was triggered.
  case interrupted
  /// The peer ended the connection in the middle of what we were doing.
  case closedByPeer
  /// The peer reset the connection.
  case reset
  /// The session was closed or reset from this side before.
  case sessionEnded
  /// Somebody else listens there already.
  case addressInUse(String)
  /// A TLS failure.
  case tls(TLSError)
  /// A call to the system that failed in some other way.
  case system(call: String, errno: Int32)

  /// What was under way when the deadline passed.
  package enum Stage: Sendable, Hashable {
    case lookup(String)
    case connect(String)
    case send
    case handshake
  }

  /// What a person reads.
  package var message: String {
    switch self {
    case .hostNotFound(let host): "no such host: \(host)"
    case .lookupFailed(let host, let reason): "the address of \(host) could not be looked up: \(reason)"
    case .refused(let address): "connection refused by \(address)"
    case .unreachable(let address, let code): "\(address) cannot be reached: \(Self.text(of: code))"
    case .noSuchSocket(let path): "there is no socket at \(path)"
    case .timedOut(.lookup(let host)): "the address of \(host) was not found in time"
    case .timedOut(.connect(let address)): "no answer from \(address) in time"
    case .timedOut(.send): "the peer did not take in what was sent in time"
    case .timedOut(.handshake): "the TLS handshake did not end in time"
    case .interrupted: "interrupted"
    case .closedByPeer: "the peer closed the connection"
    case .reset: "the peer reset the connection"
    case .sessionEnded: "the connection was already closed from this side"
    case .addressInUse(let address): "something else is listening on \(address) already"
    case .tls(let error): error.message
    case .system(let call, let code): "\(call) failed: \(Self.text(of: code))"
    }
  }

  /// The same as ``message``.
  package var description: String { message }

  /// The system's words for an error number.
  static func text(of code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return buffer.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// Why TLS could not begin or go on.
package enum TLSError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What came is no TLS record.
  case notTLS
  /// The peer sent a fatal alert with this number.
  case alertReceived(UInt8)
  /// OpenSSL refused what the peer sent, with its words for it.
  case protocolFailure(String)
  /// TLS runs already.
  case alreadyStarted
  /// What was asked for needs TLS, and it does not run.
  case notStarted
  /// This version range or these ciphers leave nothing to offer.
  case unusableOptions(String)
  /// The trust file cannot be read or holds no certificate.
  case unusableTrust(String)
  /// The certificate or the key cannot be read, or they do not belong together.
  case unusableIdentity(String)
  /// The key log cannot be opened.
  case unusableKeyLog(path: String, errno: Int32)

  /// What a person reads.
  package var message: String {
    switch self {
    case .notTLS: "the peer's answer is not TLS"
    case .alertReceived(let number): "the peer refused TLS: alert \(number) (\(Self.name(ofAlert: number)))"
    case .protocolFailure(let reason): "TLS failed: \(reason)"
    case .alreadyStarted: "TLS is already running on this connection"
    case .notStarted: "TLS is not running on this connection"
    case .unusableOptions(let what): "these TLS options cannot be used: \(what)"
    case .unusableTrust(let path): "\(path) holds no certificate that can be read"
    case .unusableIdentity(let what): "the TLS certificate or key cannot be used: \(what)"
    case .unusableKeyLog(let path, let code): "the key log \(path) cannot be opened: \(TransportError.text(of: code))"
    }
  }

  /// The same as ``message``.
  package var description: String { message }

  /// The name of an alert, RFC 8446 §6 and RFC 5246 §7.2.
  private static func name(ofAlert number: UInt8) -> String {
    switch number {
    case 0: "close_notify"
    case 10: "unexpected_message"
    case 20: "bad_record_mac"
    case 22: "record_overflow"
    case 40: "handshake_failure"
    case 42: "bad_certificate"
    case 43: "unsupported_certificate"
    case 44: "certificate_revoked"
    case 45: "certificate_expired"
    case 46: "certificate_unknown"
    case 47: "illegal_parameter"
    case 48: "unknown_ca"
    case 49: "access_denied"
    case 50: "decode_error"
    case 51: "decrypt_error"
    case 70: "protocol_version"
    case 71: "insufficient_security"
    case 80: "internal_error"
    case 86: "inappropriate_fallback"
    case 90: "user_canceled"
    case 109: "missing_extension"
    case 110: "unsupported_extension"
    case 112: "unrecognized_name"
    case 116: "certificate_required"
    case 120: "no_application_protocol"
    default: "unassigned"
    }
  }
}
