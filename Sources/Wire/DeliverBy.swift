/// The time within which a message is to be delivered, RFC 2852 §4.
package struct DeliverBy: Sendable, Hashable {
  /// What becomes of a message when the time is over.
  package enum Mode: Sendable, Hashable {
    /// The sender is told, and delivery goes on.
    case notify
    /// The message comes back.
    case `return`
  }

  /// Seconds from the MAIL command on; negative for a time that is over already.
  package let seconds: Int
  /// What becomes of the message then.
  package let mode: Mode
  /// Whether each relaying is reported.
  package let traces: Bool

  /// Reads the value of BY; `nil` where it does not fit.
  ///
  ///     by-value = by-time ";" by-mode [by-trace]
  ///     by-time  = ["-" / "+"] 1*9digit
  ///     by-mode  = "N" / "R"
  ///     by-trace = "T"
  package init?(_ value: Octets) {
    guard let semicolon = value.firstIndex(of: .semicolon) else { return nil }
    var digits = value[..<semicolon]
    let sign = digits.first == .hyphen ? -1 : 1
    if digits.first == .hyphen || digits.first == .plus { digits = digits.dropFirst() }
    guard (1...9).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
    seconds = sign * digits.reduce(0) { $0 * 10 + Int($1 - .zero) }
    switch value[(semicolon + 1)...].uppercasedString {
    case "N": (mode, traces) = (.notify, false)
    case "NT": (mode, traces) = (.notify, true)
    case "R": (mode, traces) = (.return, false)
    case "RT": (mode, traces) = (.return, true)
    default: return nil
    }
  }
}
