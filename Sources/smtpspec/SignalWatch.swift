import Foundation
import Transport

/// Turns the first Ctrl-C or SIGTERM into an orderly end; the second one ends the process at once.
enum SignalWatch {
  /// A signal's handler may do next to nothing, so it writes one octet here and a thread does the rest.
  private static let pipeEnds: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// Watches for the signals from now on.
  ///
  /// - Parameter body: What to do at the first one, on a thread of its own.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let reading = pipeEnds.reading
    guard reading >= 0 else { return }
    let thread: Void? = try? WorkerThread.start {
      var octet: UInt8 = 0
      while read(reading, &octet, 1) < 0, errno == EINTR {}
      body()
    }
    guard thread != nil else { return }
    var action = sigaction()
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESTART)) | Int32(bitPattern: UInt32(truncatingIfNeeded: SA_RESETHAND))
    let handler: @convention(c) (Int32) -> Void = { _ in
      var octet: UInt8 = 1
      _ = write(SignalWatch.pipeEnds.writing, &octet, 1)
    }
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = handler
    #else
      action.__sigaction_handler.sa_handler = handler
    #endif
    // Whoever started us may have blocked them, and a child inherits that.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] {
      sigaction(signal, &action, nil)
      sigaddset(&signals, signal)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
