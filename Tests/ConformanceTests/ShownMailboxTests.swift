import Testing
import Wire

@testable import Conformance

@Suite("The mailbox that a reply to VRFY shows, RFC 5321 §3.5.2")
struct ShownMailboxTests {
  @Test(arguments: [
    ("250 2.1.5 Alice <alice@example.test>\r\n", "alice@example.test"),
    ("250-<nobody>\r\n250 Bob <bob@[192.0.2.1]> and <carol@example.test>\r\n", "bob@[192.0.2.1]"),
    ("250 <@relay.example.net:alice@example.test>\r\n", "@relay.example.net:alice@example.test"),
  ])
  func isTheFirstInAngleBrackets(text: String, mailbox: String) throws {
    #expect(try reply(text).shownMailbox == Array(mailbox.utf8))
  }

  @Test(arguments: ["252 alice@example.test\r\n", "250 <alice>\r\n", "250 <alice@example.test\r\n", "250 >a@b<\r\n", "250\r\n"])
  func mayBeMissing(text: String) throws {
    #expect(try reply(text).shownMailbox == nil)
  }

  private func reply(_ text: String) throws -> Reply {
    let octets = Array(text.utf8)
    return try #require(try Reply.parse(octets.span)).reply
  }
}
