import Reports
import Testing

@Suite("ProgressLine: how far a run is")
struct ProgressLineTests {
  @Test("It is drawn in its place and taken away once")
  func drawsAndClears() {
    var line = ProgressLine(total: 12)
    line.count(isViolated: false)
    #expect(line.drawn(current: "rfc5321/3.3/a", columns: 80) == "\r\u{1B}[2K 1/12  rfc5321/3.3/a")
    line.count(isViolated: true)
    #expect(line.drawn(current: "b", columns: 80) == "\r\u{1B}[2K 2/12, 1 violated  b")
    #expect(line.cleared() == "\r\u{1B}[2K")
    #expect(line.cleared() == "")
  }

  @Test("It never fills the last column", arguments: [0, 1, 2, 10, 20, 200])
  func fits(columns: Int) {
    var line = ProgressLine(total: 1_000)
    let text = line.drawn(current: String(repeating: "long-name/", count: 30), columns: columns)
    #expect(Visible.columns(String(text.dropFirst("\r\u{1B}[2K".count))) <= max(0, columns - 1))
  }
}
