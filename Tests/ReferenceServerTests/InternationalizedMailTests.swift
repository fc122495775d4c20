import Testing
import Wire

@testable import ReferenceServer

@Suite("Internationalized mail, RFC 6531, and what takes no mail, RFC 7504 and 7505")
struct InternationalizedMailTests {
  private func reply(_ state: ServerState, _ line: String, _ change: (inout Configuration) -> Void = { _ in }) throws -> Decision {
    var configuration = Configuration()
    change(&configuration)
    let decider = Decider(state, under: configuration)
    do {
      return decider.decide(.command(try Command.parse(line: Array(line.utf8), in: decider.mailboxForm)))
    } catch {
      return decider.decide(.invalid(error))
    }
  }

  private func greeted() throws -> ServerState { try reply(ServerState(), "EHLO client.example").next }

  @Test(
    arguments: [
      ("MAIL FROM:<j\u{F6}rg@b\u{FC}cher.example> SMTPUTF8", 250), ("MAIL FROM:<a@b.example> SMTPUTF8", 250),
      ("MAIL FROM:<j\u{F6}rg@b.example>", 550),
      ("MAIL FROM:<a@b\u{FC}cher.example>", 550), ("MAIL FROM:<a@b.example> SMTPUTF8=1", 501),
      ("MAIL FROM:<a@b.example> SMTPUTF8 SMTPUTF8", 501),
      ("VRFY j\u{F6}rg SMTPUTF8", 250), ("VRFY j\u{F6}rg", 252), ("VRFY alice smtputf8", 250), ("VRFY alice SMTPUTF8=1", 501),
      ("NOOP j\u{F6}rg", 501),
      ("EHLO b\u{FC}cher.example", 501), ("MAIL FROM:<a@null-mx.example.net>", 550),
    ])
  func answers(line: String, code: Int) throws {
    #expect(try reply(greeted(), line).code == code)
  }

  @Test("Without 8BITMIME there is no SMTPUTF8, and before EHLO neither")
  func dependsOnEightBit() throws {
    let line = "MAIL FROM:<j\u{F6}rg@b.example> SMTPUTF8"
    #expect(try reply(greeted(), line) { $0.extensions.remove(.eightBitMIME) }.code == 501)
    #expect(try reply(ServerState(), line).code == 501)
  }

  @Test("Replies are ASCII but where the client asked for UTF-8")
  func showsNamesToWhomAsked() throws {
    let asked = try reply(greeted(), "VRFY j\u{F6}rg SMTPUTF8").answers[0].octets(withStatus: true)
    #expect(String(decoding: asked, as: UTF8.self) == "250 2.1.5 J\u{F6}rg Example <j\u{F6}rg@example.test>\r\n")
    let unasked = try reply(greeted(), "VRFY j\u{F6}rg").answers[0].octets(withStatus: true)
    #expect(unasked.starts(with: "252 2.6.8 ".utf8) && unasked.isASCII)
    #expect(try reply(greeted(), "MAIL FROM:<j\u{F6}rg@b.example> SMTPUTF8").answers[0].octets(withStatus: true).isASCII)
  }

  @Test("U-labels and A-labels are one domain")
  func knowsLabels() throws {
    let state = try reply(greeted(), "MAIL FROM:<> SMTPUTF8").next
    for domain in ["b\u{FC}cher.example", "xn--bcher-kva.example", "XN--BCHER-KVA.example"] {
      #expect(try reply(state, "RCPT TO:<alice@\(domain)>") { $0.domains = ["b\u{FC}cher.example"] }.code == 250)
    }
  }

  @Test("A host that takes no mail says 521 to all but QUIT")
  func takesNoMail() throws {
    var configuration = Configuration()
    configuration.openingCode = 521
    let opening = Decider(ServerState(), under: configuration).decide(.connection)
    #expect(opening.code == 521)
    #expect(try reply(opening.next, "EHLO client.example") { $0.openingCode = 521 }.code == 521)
    #expect(try reply(opening.next, "QUIT") { $0.openingCode = 521 }.code == 221)
  }
}
