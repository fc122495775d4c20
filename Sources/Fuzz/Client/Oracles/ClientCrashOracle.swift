import Wire

/// The client is ended by a signal, or a sanitizer speaks up.
enum ClientCrashOracle: ClientOracle {
  static let name = "crash"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    let report = SanitizerReport(in: trace.output)
    guard case .signal(let number) = trace.ending else {
      // A word of a sanitizer's in the output of a client that ends by itself may be the server's own, shown.
      guard let report, report.summary.contains("Sanitizer") else { return [] }
      return [suspicion(report.summary, report.summary)]
    }
    return [suspicion(report?.summary ?? "signal \(number)", "signal \(number)" + (report.map { ", \($0.summary)" } ?? ""))]
  }

  private static func suspicion(_ key: String, _ observed: String) -> Suspicion {
    Suspicion(
      name, key, summary: "the client crashes: \(key)", clause: "open", severity: .critical, confidence: .certain,
      expected: "an exit status, whatever a server says", observed: observed)
  }
}
