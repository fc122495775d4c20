internal import Transport

/// Shows how a campaign is getting on: a few lines that are written over on a terminal, a line a minute in a pipe.
package struct StatusScreen: Sendable {
  private let stop = Interrupt()
  private let thread: WorkerThread?

  /// Begins to show, on a thread of its own.
  ///
  /// - Parameters:
  ///   - title: What is fuzzed.
  ///   - isTerminal: Whether lines can be written over.
  ///   - write: Where text goes, line ends included.
  ///   - progress: Asked for what to show.
  package init(
    title: String, isTerminal: Bool, write: @escaping @Sendable (String) -> Void,
    progress: @escaping @Sendable () -> CampaignProgress
  ) {
    let interval: Duration = isTerminal ? .seconds(1) : .seconds(60)
    thread = try? WorkerThread { [stop] in
      var shown = 0
      while stop.wait(until: .after(interval)) { StatusScreen.show(progress(), title, isTerminal, &shown, write) }
      StatusScreen.show(progress(), title, isTerminal, &shown, write)
    }
  }

  /// Shows how it ended, and nothing more; call it once.
  package func finish() {
    stop.trigger()
    thread?.join()
  }

  private static func show(
    _ progress: CampaignProgress, _ title: String, _ isTerminal: Bool, _ shown: inout Int, _ write: (String) -> Void
  ) {
    guard isTerminal else { return write(StatusText.line(progress) + "\n") }
    let lines = StatusText.screen(progress, title: title)
    // Up to where the last screen began, then each line anew, and what is left of the old below.
    let up = shown > 0 ? "\u{1B}[\(shown)A" : ""
    write(up + lines.map { "\r\u{1B}[2K\($0)\n" }.joined() + "\u{1B}[J")
    shown = lines.count
  }
}
