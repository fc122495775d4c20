import COpenSSL
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What many TLS sessions share: whom they trust, where their secrets are logged.
// Sendable by hand: nothing is changed after `init`, and OpenSSL counts and locks an SSL_CTX itself.
final class TLSContext: @unchecked Sendable {
  let pointer: OpaquePointer
  private let keyLog: Int32

  /// The context for a client's options; loading the system's trust takes long, so contexts without a key log are kept.
  static func client(trust: TLSOptions.Trust, keyLog: String?) throws(TLSError) -> TLSContext {
    guard keyLog == nil else { return try TLSContext(trust: trust, keyLog: keyLog) }
    let key = Key(trust: trust, stamp: stamp(of: trust))
    if let known = kept.withLock({ $0[key] }) { return known }
    let context = try TLSContext(trust: trust, keyLog: nil)
    kept.withLock { kept in
      if kept.count >= mostKept { kept.removeAll() }
      kept[key] = context
    }
    return context
  }

  private init(trust: TLSOptions.Trust, keyLog path: String?) throws(TLSError) {
    guard let pointer = SSL_CTX_new(TLS_client_method()) else { throw .protocolFailure(TLSEngine.lastReason()) }
    self.pointer = pointer
    var logDescriptor: Int32 = -1
    do throws(TLSError) {
      switch trust {
      case .system:
        guard SSL_CTX_set_default_verify_paths(pointer) == 1 else { throw .unusableTrust("the system's trust store") }
      case .file(let file):
        guard SSL_CTX_load_verify_file(pointer, file) == 1 else { throw .unusableTrust(file) }
      case .none: break
      }
      if let path { logDescriptor = try Self.openKeyLog(path) }
    } catch {
      ERR_clear_error()
      // No `deinit` follows, for `keyLog` is not set yet.
      SSL_CTX_free(pointer)
      throw error
    }
    keyLog = logDescriptor
    SSL_CTX_set_verify(pointer, SSL_VERIFY_NONE, nil)
    Self.setUp(pointer)
    logKeys()
  }

  /// A server's context with its certificate, chain and key.
  init(serving identity: borrowing TLSIdentity.Material) throws(TLSError) {
    guard let pointer = SSL_CTX_new(TLS_server_method()) else { throw .protocolFailure(TLSEngine.lastReason()) }
    self.pointer = pointer
    keyLog = -1
    // From here on `deinit` frees the context, even where this throws.
    guard identity.use(in: pointer) else { throw .unusableIdentity(TLSEngine.lastReason()) }
    Self.setUp(pointer)
    // A peer that leaves without having read its tickets would get a reset for it.
    SSL_CTX_set_num_tickets(pointer, 0)
    SSL_CTX_set_options(pointer, copenssl_no_ticket())
  }

  deinit {
    SSL_CTX_free(pointer)
    if keyLog >= 0 { close(keyLog) }
  }

  private static func setUp(_ context: OpaquePointer) {
    SSL_CTX_set_options(context, copenssl_no_renegotiation())
  }

  /// Each line goes out in one write to a file opened for appending, so that lines of several sessions do not mix.
  private func logKeys() {
    guard keyLog >= 0 else { return }
    copenssl_set_application_data(pointer, UnsafeMutableRawPointer(bitPattern: Int(keyLog) + 1))
    SSL_CTX_set_keylog_callback(pointer) { ssl, line in
      guard let ssl, let line else { return }
      let descriptor = Int32(Int(bitPattern: copenssl_application_data(ssl)) - 1)
      guard descriptor >= 0 else { return }
      var octets = UnsafeBufferPointer(start: line, count: strlen(line)).map { UInt8(bitPattern: $0) }
      octets.append(0x0A)
      _ = octets.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// Secrets are for their owner alone: the file is made so, and an existing one is changed.
  private static func openKeyLog(_ path: String) throws(TLSError) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .unusableKeyLog(path: path, errno: errno) }
    guard fchmod(descriptor, 0o600) == 0 else {
      let code = errno
      close(descriptor)
      throw .unusableKeyLog(path: path, errno: code)
    }
    return descriptor
  }

  private struct Key: Hashable {
    let trust: TLSOptions.Trust
    let stamp: [Int]
  }

  private static let mostKept = 8
  private static let kept = Mutex<[Key: TLSContext]>([:])

  /// What changes when a trust file does.
  private static func stamp(of trust: TLSOptions.Trust) -> [Int] {
    guard case .file(let path) = trust else { return [] }
    var facts = stat()
    guard stat(path, &facts) == 0 else { return [] }
    #if canImport(Darwin)
      let changed = facts.st_mtimespec
    #else
      let changed = facts.st_mtim
    #endif
    return [Int(facts.st_ino), Int(facts.st_size), Int(changed.tv_sec), Int(changed.tv_nsec)]
  }
}
