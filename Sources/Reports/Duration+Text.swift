extension Duration {
  /// The duration in milliseconds, as a decimal number.
  ///
  /// - Parameter decimals: How many decimals, 0 to 3; the rest is cut off.
  /// - Returns: `1234.567`, without a unit.
  package func millisecondsText(decimals: Int) -> String {
    let microseconds = components.seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !microseconds.overflow else { return "0" }
    let total = microseconds.partialValue &+ components.attoseconds / 1_000_000_000_000
    let sign = total < 0 ? "-" : ""
    let magnitude = total.magnitude
    let whole = sign + String(magnitude / 1_000)
    guard decimals > 0 else { return whole }
    let fraction = String(magnitude % 1_000)
    let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
    return whole + "." + padded.prefix(min(decimals, 3))
  }

  /// The duration as people say it: `0.4 ms`, `420 ms`, `2.31 s`, `3 min 5 s`.
  package var spoken: String {
    if self < .milliseconds(10) { return millisecondsText(decimals: 1) + " ms" }
    if self < .seconds(1) { return millisecondsText(decimals: 0) + " ms" }
    let hundredths = components.seconds.magnitude >= 60 ? 0 : components.attoseconds / 10_000_000_000_000_000
    let padded = hundredths < 10 ? "0\(hundredths)" : "\(hundredths)"
    if self < .seconds(60) { return "\(components.seconds).\(padded) s" }
    return "\(components.seconds / 60) min \(components.seconds % 60) s"
  }
}
