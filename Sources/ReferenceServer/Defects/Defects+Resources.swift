import Synchronization
import Wire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Defect {
  /// Faults of which no RFC speaks, and which no case can show: the fuzzer's oracles do.
  static let resourceDefects: [Defect] = [
    .deciding("leaks-descriptors", unspecified, "Each HELP leaves a file open.") { _, context in
      if context.verb == .help { _ = Glue.openNothing() }
    },
    .deciding("leaks-memory", unspecified, "Each VRFY leaves a MiB of memory behind.") { _, context in
      if context.verb == .vrfy { kept.withLock { $0.append([UInt8](repeating: 1, count: 1 << 20)) } }
    },
    .writing("shows-other-sessions", unspecified, "VRFY shows the name that another session gave in EHLO.") { octets, context in
      if context.verb == .ehlo { lastHello.withLock { $0 = (context.line, $0.latest) } }
      guard context.verb == .vrfy, case let other = lastHello.withLock({ $0.earlier }), !other.isEmpty else { return }
      octets = Array("252 2.1.5 ".utf8) + other + [.carriageReturn, .lineFeed]
    },
  ]

  /// The source of a defect that breaks no section.
  package static let unspecified = "open"

  private static let kept = Mutex<[[UInt8]]>([])
  private static let lastHello = Mutex<(latest: [UInt8], earlier: [UInt8])>(([], []))

  private enum Glue {
    static func openNothing() -> Int32 { open("/dev/null", O_RDONLY | O_CLOEXEC) }
  }
}
