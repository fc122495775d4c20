import Reports
import Testing

@Suite("Visible: text made safe to show")
struct VisibleTests {
  @Test(
    "Nothing that a terminal obeys passes",
    arguments: [
      ("\u{1B}[2J\u{1B}[31mred", #"\u{1B}[2J\u{1B}[31mred"#),
      ("\u{1B}]0;title\u{07}", #"\u{1B}]0;title\u{7}"#),
      ("\u{9B}31m", #"\u{9B}31m"#),
      ("over\rwritten\n\t", #"over\rwritten\n\t"#),
      ("\u{202E}gnp.exe\u{2066}", #"\u{202E}gnp.exe\u{2066}"#),
      ("a\u{200B}b\u{FEFF}c\u{2028}d", #"a\u{200B}b\u{FEFF}c\u{2028}d"#),
      ("\u{E0041}\u{E000}\u{FE0F}\u{7F}", #"\u{E0041}\u{E000}\u{FE0F}\u{7F}"#),
      ("plain é 漢 ✓", "plain é 漢 ✓"),
    ]
  )
  func escapes(text: String, shown: String) {
    #expect(Visible.line(text) == shown)
  }

  @Test("A long text is cut at its limit")
  func cuts() {
    #expect(Visible.line(String(repeating: "x", count: 10), limit: 4) == "xxxx…")
    #expect(Visible.line("xxxx", limit: 4) == "xxxx")
  }

  @Test("Columns count wide and combining characters", arguments: [("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("✓", 1), ("", 0)])
  func columns(text: String, count: Int) {
    #expect(Visible.columns(text) == count)
  }

  @Test("A clipped text is never wider than there is room", arguments: 0...8)
  func clips(limit: Int) {
    #expect(Visible.columns(Visible.clipped("漢字abc", columns: limit)) <= limit)
    #expect(Visible.clipped("漢字abc", columns: 7) == "漢字abc")
  }

  @Test("Padding reaches the width and cuts nothing")
  func pads() {
    #expect(Visible.padded("漢", to: 4) == "漢  ")
    #expect(Visible.padded("abcdef", to: 4) == "abcdef")
  }
}
