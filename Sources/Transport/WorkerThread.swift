#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A thread of our own for blocking work, which must not run on the cooperative pool.
package struct WorkerThread: Sendable {
  /// Enough for a dialogue; the address space is taken, the memory only as it is used.
  private static let stackSize = 1 << 20

  /// The system's own name for the thread.
  // Sendable by hand: on some systems it is a pointer, and nobody looks behind it.
  private struct Identifier: @unchecked Sendable { let value: pthread_t }

  private let identifier: Identifier

  /// Starts a thread that somebody will ``join()``.
  ///
  /// - Throws: ``TransportError/system(call:errno:)`` where the system has no thread left.
  package init(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
    identifier = Identifier(value: try Self.create(joinable: true, body))
  }

  /// Starts a thread that nobody waits for.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
    _ = try create(joinable: false, body)
  }

  /// Waits until the thread has ended; call it once.
  package func join() {
    pthread_join(identifier.value, nil)
  }

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func create(joinable: Bool, _ run: @escaping @Sendable () -> Void) throws(TransportError) -> pthread_t {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(joinable ? PTHREAD_CREATE_JOINABLE : PTHREAD_CREATE_DETACHED))
    let body = Unmanaged.passRetained(Body(run))
    #if canImport(Darwin)
      var made: pthread_t?
      let code = pthread_create(&made, &attributes, { Self.enter($0) }, body.toOpaque())
    #else
      var made = pthread_t()
      let code = pthread_create(&made, &attributes, { Self.enter($0) }, body.toOpaque())
    #endif
    guard code == 0 else {
      body.release()
      throw .system(call: "pthread_create", errno: code)
    }
    #if canImport(Darwin)
      guard let made else { throw .system(call: "pthread_create", errno: EAGAIN) }
    #endif
    return made
  }

  private static func enter(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
}
