/// Options whose value may be left out: `--strict` or `--strict=may`, `--json` or `--json=FILE`.
///
/// The parser knows options with a value and flags without one, so the value that was left out is written in before it sees
/// them. What follows such an option is its value only where it cannot be the address of a server.
enum OptionalValue {
  private struct Rule {
    let option: String
    let byDefault: String
    let isValue: @Sendable (String) -> Bool
  }

  private static let rules = [
    Rule(option: "--strict", byDefault: "should", isValue: { ["must", "should", "may"].contains($0) }),
    Rule(option: "--json", byDefault: "-", isValue: { $0 == "-" }),
  ]

  /// The arguments with every such option joined to its value.
  static func joined(_ arguments: [String]) -> [String] {
    guard let command = arguments.first(where: { !$0.hasPrefix("-") }), ["check", "certify"].contains(command) else { return arguments }
    var joined: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument != "--" else { return joined + [argument] + rest }
      guard let rule = rules.first(where: { $0.option == argument }) else {
        joined.append(argument)
        continue
      }
      if let next = rest.first, rule.isValue(next) {
        joined.append("\(argument)=\(next)")
        rest.removeFirst()
      } else {
        joined.append("\(argument)=\(rule.byDefault)")
      }
    }
    return joined
  }
}
