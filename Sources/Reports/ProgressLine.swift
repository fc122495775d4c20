/// One line at the bottom of a terminal that says how far a run is, drawn over and over in its place.
///
/// It knows nothing of time: whoever owns it draws it when something happened, and clears it before anything else is written.
package struct ProgressLine: Sendable {
  /// How many cases there are.
  package let total: Int
  /// How many have ended.
  package private(set) var finished = 0
  /// How many of those found a violation.
  package private(set) var violated = 0
  /// Whether the line stands on the terminal now.
  package private(set) var isDrawn = false

  private static let erase = "\r\u{1B}[2K"

  /// Makes a line for a run that has not begun.
  ///
  /// - Parameter total: How many cases there are.
  package init(total: Int) {
    self.total = total
  }

  /// Counts a case that ended.
  ///
  /// - Parameter isViolated: Whether it found a violation.
  package mutating func count(isViolated: Bool) {
    finished += 1
    if isViolated { violated += 1 }
  }

  /// What draws the line anew.
  ///
  /// - Parameters:
  ///   - current: The case that runs, visible text.
  ///   - columns: How wide the terminal is. The line stays one column short of it, so that no terminal wraps it.
  /// - Returns: The octets to write.
  package mutating func drawn(current: String, columns: Int) -> String {
    isDrawn = true
    var text = " \(finished)/\(total)"
    if violated > 0 { text += ", \(violated) violated" }
    text += "  \(current)"
    return Self.erase + Visible.clipped(text, columns: max(0, columns - 1))
  }

  /// What takes the line away again.
  ///
  /// - Returns: The octets to write; none where no line stands.
  package mutating func cleared() -> String {
    defer { isDrawn = false }
    return isDrawn ? Self.erase : ""
  }
}
