import ReferenceServer
import Testing
import Transport
import Wire

@Suite("Defects")
struct DefectTests {
  @Test
  func haveNamesOfTheirOwn() {
    let names = Defect.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isDigit || $0 == .hyphen }, "\(name)")
    }
  }

  @Test
  func sayWhatTheyDoAndWhatTheyBreak() {
    #expect(Dictionary(grouping: Defect.all, by: \.summary).values.filter { $0.count > 1 }.map { $0.map(\.name) } == [])
    for defect in Defect.all {
      #expect(defect.summary.hasSuffix("."), "\(defect.name)")
      let isOpen = defect.source == Defect.unspecified
      #expect(isOpen || defect.source.hasPrefix("RFC ") && defect.source.contains("§"), "\(defect.name)")
    }
  }

  @Test
  func areFoundByName() throws {
    #expect(try Defect.named("replies-twice").name == "replies-twice")
    #expect(throws: Defect.UnknownName(name: "reply-twice", nearest: nil)) { try Defect.named("reply-twice") }
    #expect(throws: Defect.UnknownName(name: "replies-twise", nearest: "replies-twice")) { try Defect.named("replies-twise") }
  }

  /// None is empty: each changes the configuration or stands at a seam.
  @Test
  func changeSomething() {
    for defect in Defect.all {
      let distortion = defect.distortion()
      let seams = [
        distortion.manner != nil, distortion.line != nil, distortion.decision != nil, distortion.output != nil, distortion.message != nil,
        distortion.outgoing != nil,
        distortion.report != nil, distortion.sending != nil, distortion.queue != nil,
      ]
      var configuration = Configuration()
      let before = "\(configuration)"
      defect.configuration(&configuration)
      // A closure shows no change: that of the nonces is asked twice.
      let isForeseeable = configuration.makeNonce() == configuration.makeNonce()
      #expect(seams.contains(true) || "\(configuration)" != before || isForeseeable, "\(defect.name)")
    }
  }

  private static let dialogue =
    "EHLO client.example\r\nRCPT TO:<alice@example.test>\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\n"
    + "Subject: x\r\n\r\n..dot\r\n.\r\nFOO\r\nRSET\r\nQUIT\r\n"

  /// One defect for each seam, and what it makes of the same dialogue.
  @Test(arguments: [
    ("accepts-rcpt-before-mail", [220, 250, 250, 250, 250, 354, 250, 500, 250, 221]),
    ("answers-unknown-verb-with-502", [220, 250, 503, 250, 250, 354, 250, 502, 250, 221]),
    ("greets-with-250", [250, 250, 503, 250, 250, 354, 250, 500, 250, 221]),
    ("helo-not-implemented", [220, 250, 503, 250, 250, 354, 250, 500, 250, 221]),
    ("closes-after-rset", [220, 250, 503, 250, 250, 354, 250, 500, 250]),
    ("answers-end-of-data-with-354", [220, 250, 503, 250, 250, 354, 354, 500, 250, 221]),
  ])
  func changeTheDialogue(name: String, expected: [Int]) throws {
    #expect(codes(try RunningServer(name).converse(Self.dialogue)) == expected)
  }

  @Test
  func workTogether() throws {
    let running = try RunningServer("refuses-with-599", "answers-mail-with-252", "keeps-stuffing-under-tls")
    #expect(codes(try running.converse(Self.dialogue)) == [220, 250, 599, 252, 250, 354, 250, 599, 250, 221])
  }

  @Test
  func changeWhatIsStored() throws {
    let honest = try RunningServer()
    _ = try honest.converse(Self.dialogue)
    let before = try #require(try honest.mailbox("alice").first)
    for name in ["adds-no-received", "adds-no-return-path", "mistreats-dots", "adds-an-empty-line", "received-without-address"] {
      let faulty = try RunningServer(name)
      _ = try faulty.converse(Self.dialogue)
      #expect(try #require(try faulty.mailbox("alice").first) != before, "\(name)")
    }
  }

  @Test
  func runSmuggledCommands() throws {
    let text =
      "EHLO client.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\n"
      + "Subject: x\r\n\r\na\n.\nMAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\nsmuggled\r\n.\r\nQUIT\r\n"
    #expect(codes(try RunningServer().converse(text)) == [220, 250, 250, 250, 354, 250, 221])
    let faulty = try RunningServer("ends-data-at-bare-newline")
    #expect(codes(try faulty.converse(text)) == [220, 250, 250, 250, 354, 250, 250, 250, 354, 250, 221])
    #expect(try faulty.mailbox("bob").count == 1)
  }

  @Test(arguments: [("keeps-plaintext-buffer-over-tls", [250]), ("", [])] as [(String, [UInt16])])
  func answerClearOctetsUnderTLS(name: String, expected: [UInt16]) throws {
    let running = try name.isEmpty ? RunningServer(configure: addIdentity) : RunningServer(name, configure: addIdentity)
    var session = try running.connect()
    #expect(session.nextCode() == 220)
    try session.send(Array("STARTTLS\r\nNOOP\r\n".utf8), deadline: .after(.seconds(5)))
    #expect(session.nextCode() == 220)
    _ = try session.startTLS(TLSOptions(trust: .none), deadline: .after(.seconds(5)))
    // QUIT's reply comes last, so nothing has to be waited for.
    try session.send(Array("QUIT\r\n".utf8), deadline: .after(.seconds(5)))
    var codes: [UInt16] = []
    while let code = Optional(session.nextCode()), code != 221, code != 0 { codes.append(code) }
    session.close()
    #expect(codes == expected)
  }

  private func addIdentity(_ configuration: inout Configuration) {
    configuration.tlsIdentity = try? .selfSigned(name: configuration.hostName)
  }
}
