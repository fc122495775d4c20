import Foundation
import Reports
import Testing

@Suite("The pages, in a browser", .enabled(if: Readers.haveBrowser(), "no chromium, chromedriver or selenium: scripts/readers.sh"))
struct PageTests {
  /// What has to hold on every page.
  private func expectHarmless(_ told: [String: Any]) throws {
    #expect(told["owned"] as? Bool == false && told["images"] as? Int == 0 && told["scripts"] as? Int == 1)
    #expect(told["requests"] as? [String] == ["file"], "the page asks nobody for anything")
    #expect(told["log"] as? [String] == [])
    let narrow = try #require(told["narrow"] as? [Int])
    #expect(narrow[0] <= narrow[1], "a phone does not scroll to the side")
    let grounds = try #require(told["grounds"] as? [[String]])
    #expect(grounds.count == 2 && grounds[0][0] != grounds[1][0] && grounds[0][1] != grounds[1][1], "dark is not light")
  }

  @Test("The page of a run with a hostile server: filters, search, the keyboard alone, a transcript, a narrow screen")
  func run() throws {
    let scratch = try HostileServerTests.folder("out.html")
    defer { scratch.remove() }
    let page = scratch.file("page.html")
    try FileManager.default.moveItem(at: scratch.file("out.html"), to: page)
    let told = try Readers.json("page.py", ["run", page.path])
    try expectHarmless(told)
    let all = try #require(told["all"] as? Int)
    let violated = try #require(told["violated"] as? [Int])
    #expect(violated[0] == violated[1] && violated[0] > 0 && violated[0] < all)
    let found = try #require(told["found"] as? Int)
    #expect(told["searches"] as? String == "search" && found > 0 && found < all && told["after"] as? Int == all)
    #expect(told["says"] as? String == "\(found) of \(all) cases")
    #expect(told["tabbed"] as? Bool == true && told["opened"] as? Bool == true && told["linked"] as? Bool == true)
    #expect((told["focused"] as? String)?.hasPrefix("rfc5321/3.3/") == true && told["outline"] as? String == "solid")
    let transcript = try #require(told["transcript"] as? String)
    #expect(
      transcript.contains("<script>document.title='owned'") && transcript.contains(#"\x1b]0;owned\x07"#)
        && told["timeline"] as? Int ?? 0 >= 2)
  }

  /// The events of so many cases, of which every seventh is violated, or every eleventh.
  private static func events(_ count: Int, every: Int) -> [UInt8] {
    var lines = [
      #"{"schema":"smtpspec.events/1","smtpspec":"0.1.0","strict":"must","event":"run-started","target":"mx.example.test:25","role":"mx","greeting":"","cases":\#(count),"seed":"1"}"#
    ]
    for number in 0..<count {
      let section = "\(1 + number / 500).\(number / 20 % 25)"
      let verdict =
        number % every == 0
        ? #""violated","violation":{"step":1,"expected":"503","observed":"250 <script>window.owned=1</script>\\r\\n"}"# : #""satisfied""#
      lines.append(
        #"{"event":"case-finished","case":"rfc5321/\#(section)/rcpt-before-mail-\#(number)","title":"A server does what the RFC demands, in one way or another","#
          + #""rfc":5321,"section":"\#(section)","sectionTitle":"Section","level":"must","kind":"conformance","covers":["RFC5321-3.3-10"],"file":"a.yaml","line":1,"#
          + #""verdict":\#(verdict),"milliseconds":1.5,"attempts":1}"#)
    }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  @Test("The page of 5,000 cases and 6 servers opens in less than 2 s of work, and is used the same way")
  func matrix() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let runs = try [7, 11].map { try RunReader.read(Self.events(5_000, every: $0), file: "events.jsonl") }
    let servers = (1...6).map { Matrix.Server(name: "server \($0)", file: "events.jsonl", run: runs[$0 % 2]) }
    try scratch.write(MatrixHTMLForm().text(of: Matrix(servers)), to: "matrix.html")
    let told = try Readers.json("page.py", ["matrix", scratch.file("matrix.html").path])
    try expectHarmless(told)
    #expect(told["all"] as? Int == 5_000)
    let seconds = try #require(told["seconds"] as? Double)
    #expect(seconds < 2, "CPU time of the page's thread; wall time was \(told["milliseconds"] ?? "?") ms")
    // Every 7th and every 11th, of which every 77th is both.
    #expect(told["violated"] as? Int == 715 + 455 - 65 && told["differs"] as? Int == 715 + 455 - 2 * 65)
    #expect(told["found"] as? Int == 5_000 && told["says"] as? String == "5000 of 5000 cases")
    #expect(
      told["reason"] as? String == #"expected 503, observed 250 <script>window.owned=1</script>\r\n"# && told["closed"] as? Bool == true)
  }
}
