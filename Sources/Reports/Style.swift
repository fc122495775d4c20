/// Whether a person asked for colour: `--color always|auto|never`.
package enum ColorChoice: String, Sendable, CaseIterable {
  /// Colour, wherever the report goes.
  case always
  /// Colour on a terminal that has it, unless the environment says otherwise.
  case auto
  /// No colour.
  case never

  /// Decides whether the report is coloured.
  ///
  /// - Parameters:
  ///   - isTerminal: Whether the report goes to a terminal.
  ///   - environment: The process's environment. A `NO_COLOR` that is not empty, or `TERM=dumb`, switches colour off.
  /// - Returns: What `--color` says, or under `auto` what terminal and environment say.
  package func resolved(isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }
  }
}

/// The colours of a report, or none of them.
package struct Style: Sendable {
  /// What a piece of the report is, which decides its colour.
  package enum Role: String, Sendable {
    /// A heading.
    case heading = "1"
    /// Good news.
    case good = "32"
    /// A violation that fails the run.
    case bad = "31"
    /// A violation that warns, or a case that could not decide.
    case doubtful = "33"
    /// What a person reads last.
    case faint = "2"
    /// What smtpspec sent.
    case sent = "36"
  }

  /// Whether anything is coloured.
  package let isColored: Bool

  /// Makes a style.
  ///
  /// - Parameter isColored: Whether the report goes to something that shows colours.
  package init(isColored: Bool) {
    self.isColored = isColored
  }

  /// A piece of text in the colour of its role.
  ///
  /// - Parameters:
  ///   - text: Visible text: see ``Visible``.
  ///   - role: What it is.
  /// - Returns: The text between escape sequences, or alone where nothing is coloured.
  package func callAsFunction(_ text: String, _ role: Role) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
