import COpenSSL

/// TLS between two buffers in memory: what the peer sent goes in, what it shall get comes out.
///
/// It knows no socket.
final class TLSEngine {
  /// How a step ended.
  enum Step: Equatable {
    case done
    /// More must come from the peer first.
    case wantsInput
    /// The peer sent its close_notify.
    case closed
    case failed(TLSError)
  }

  let ssl: OpaquePointer
  /// Kept, for its key log outlives no context.
  private let context: TLSContext
  private let input: OpaquePointer
  private let output: OpaquePointer
  /// What came from the socket and is on its way to OpenSSL, and the other way round; used again and again.
  var incoming = [UInt8](repeating: 0, count: 16 * 1024 + 512)
  private(set) var sentCloseNotify = false
  /// Whether the peer's close_notify has come.
  var receivedCloseNotify = false
  /// Whether records were lost on their way to the socket, after which no other can be sent.
  var hasLostOutput = false

  init(_ context: TLSContext, isServer: Bool) throws(TLSError) {
    guard let ssl = SSL_new(context.pointer) else { throw .protocolFailure(Self.lastReason()) }
    guard let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem()) else {
      SSL_free(ssl)
      throw .protocolFailure(Self.lastReason())
    }
    SSL_set_bio(ssl, input, output)
    if isServer { SSL_set_accept_state(ssl) } else { SSL_set_connect_state(ssl) }
    self.ssl = ssl
    self.context = context
    self.input = input
    self.output = output
  }

  deinit {
    SSL_free(ssl)
  }

  /// Hands over octets that came from the peer.
  func feed(_ octets: UnsafeRawBufferPointer) {
    guard let base = octets.baseAddress, !octets.isEmpty else { return }
    BIO_write(input, base, Int32(octets.count))
  }

  func handshake() -> Step {
    ERR_clear_error()
    return step(after: SSL_do_handshake(ssl))
  }

  /// Decrypts into a buffer; the count is positive where octets came.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> (count: Int, Step) {
    ERR_clear_error()
    let count = SSL_read(ssl, buffer.baseAddress, Int32(clamping: buffer.count))
    return count > 0 ? (Int(count), .done) : (0, step(after: count))
  }

  /// Encrypts all of the octets.
  func write(_ octets: UnsafeRawBufferPointer) -> Step {
    ERR_clear_error()
    return step(after: SSL_write(ssl, octets.baseAddress, Int32(octets.count)))
  }

  /// Makes a close_notify.
  func closeNotify() -> Step {
    ERR_clear_error()
    sentCloseNotify = true
    let result = SSL_shutdown(ssl)
    return result >= 0 ? .done : step(after: result)
  }

  /// What waits to go to the peer.
  var unsentOctets: Int { BIO_ctrl_pending(output) }

  /// What shall go to the peer.
  func takeOutput() -> [UInt8] {
    let count = BIO_ctrl_pending(output)
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, Int(BIO_read(output, buffer.baseAddress, Int32(clamping: count))))
    }
  }

  /// What came from the peer and OpenSSL has not looked at.
  func takeInput() -> [UInt8] {
    let count = BIO_ctrl_pending(input)
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, Int(BIO_read(input, buffer.baseAddress, Int32(clamping: count))))
    }
  }

  private func step(after result: Int32) -> Step {
    guard result <= 0 else { return .done }
    switch SSL_get_error(ssl, result) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wantsInput
    case SSL_ERROR_ZERO_RETURN: return .closed
    default: return .failed(Self.lastError())
    }
  }

  /// The oldest error OpenSSL holds, which is the cause of the others; none remains.
  private static func lastError() -> TLSError {
    let error = ERR_get_error()
    defer { ERR_clear_error() }
    let reason = copenssl_error_reason(error)
    if (SSL_AD_REASON_OFFSET..<SSL_AD_REASON_OFFSET + 256).contains(reason) {
      return .alertReceived(UInt8(reason - SSL_AD_REASON_OFFSET))
    }
    if reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST { return .notTLS }
    return .protocolFailure(text(of: error))
  }

  /// The words for the oldest error OpenSSL holds; none remains.
  static func lastReason() -> String {
    let error = ERR_get_error()
    ERR_clear_error()
    return text(of: error)
  }

  private static func text(of error: UInt) -> String {
    guard error != 0 else { return "unknown error" }
    if copenssl_is_system_error(error) != 0 { return TransportError.text(of: copenssl_error_reason(error)) }
    return ERR_reason_error_string(error).map { String(cString: $0) } ?? "error \(error)"
  }
}
