import Reports
import Testing

@Suite("Style: who gets colour")
struct StyleTests {
  @Test(
    "`--color auto` asks terminal and environment, the others do not",
    arguments: [
      (ColorChoice.auto, true, [:], true),
      (.auto, false, [:], false),
      (.auto, true, ["NO_COLOR": "1"], false),
      (.auto, true, ["NO_COLOR": ""], true),
      (.auto, true, ["TERM": "dumb"], false),
      (.always, false, ["NO_COLOR": "1"], true),
      (.never, true, [:], false),
    ] as [(ColorChoice, Bool, [String: String], Bool)]
  )
  func resolves(choice: ColorChoice, isTerminal: Bool, environment: [String: String], isColored: Bool) {
    #expect(choice.resolved(isTerminal: isTerminal, environment: environment) == isColored)
  }

  @Test("Without colour a text stays as it is")
  func leavesPlain() {
    #expect(Style(isColored: false)("✗", .bad) == "✗")
    #expect(Style(isColored: true)("✗", .bad) == "\u{1B}[31m✗\u{1B}[0m")
    #expect(Style(isColored: true)("", .bad) == "")
  }
}
