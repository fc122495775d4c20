import Foundation
import Testing

@testable import Conformance

@Suite("A mailbox that a command prints")
struct MailCommandTests {
  private static let token = Token.make(run: 7, count: 1)

  private func store(_ commands: String...) -> MailStore { MailStore(.command(commands)) }

  @Test("one message, as it is")
  func oneMessage() {
    let store = store("printf 'Subject: \(Self.token)\\r\\n\\r\\n.\\0\\r\\n'")
    #expect(store.messages(with: Self.token) == [Array("Subject: \(Self.token)\r\n\r\n.\0\r\n".utf8)])
    #expect(store.messages(with: Token.make(run: 7, count: 2)) == [])
    #expect(store.problem() == nil)
  }

  @Test("an mbox file with several, and several commands")
  func severalMessages() {
    let message = "From a@example.org Sat Nov 28 12:00:00 2026\\nSubject: \(Self.token)\\n\\nx\\n"
    #expect(store("printf '\(message)\(message)'", "printf '\(message)'", "true").messages(with: Self.token).count == 3)
  }

  @Test("one that fails leaves what was known, and says why at the start")
  func failure() {
    let store = store("exit 3")
    #expect(store.messages(with: Self.token) == [])
    #expect(store.problem() == "the mailbox's command 'exit 3': it ended with status 3")
  }

  @Test("its status counts, and what it prints is bounded")
  func bounds() {
    #expect(throws: MailCommandError.status(1)) { try MailCommand(command: "echo x; false").output() }
    #expect(throws: MailCommandError.tooLong) { try MailCommand(command: "cat /dev/zero", octetLimit: 1000).output() }
    #expect(throws: MailCommandError.tooSlow) { try MailCommand(command: "sleep 100; true", timeLimit: .milliseconds(10)).output() }
  }

  @Test("in smtpspec.yaml, alone")
  func configuration() throws {
    let loader = ConfigurationLoader(environment: [:])
    let target = try loader.load(SpecFile(name: "smtpspec.yaml", text: "address: localhost\nmailbox: {command: [a b, c]}\n"))
    #expect(target.mailbox == .command(["a b", "c"]))
    #expect {
      try loader.load(SpecFile(name: "smtpspec.yaml", text: "address: localhost\nmailbox: {command: a, mbox: b}\n"))
    } throws: {
      "\($0)".contains("a mailbox is maildir, mbox or command, not two of them")
    }
  }
}
