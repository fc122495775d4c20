import Testing
import Wire

@testable import Conformance

@Suite("What reports must be like")
struct ReportPatternTests {
  private let context = MatchContext(
    values: { [.token: Array("tok".utf8), .undeliverableRecipient: Array("gone@example.test".utf8)][$0] }, offersEnhancedCodes: false)

  private func report(recipients: [String] = ["gone@example.test"], returned: String = "Subject: tok") -> [UInt8] {
    let groups = recipients.map { "\nFinal-Recipient: rfc822; \($0)\nAction: failed\nStatus: 5.2.1\n" }.joined()
    return Array(
      """
      Return-Path: <>
      To: sender@example.test
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b

      Told in words.
      --b
      Content-Type: message/delivery-status

      Original-Envelope-Id: Tok
      Reporting-MTA: dns; mx.example.test (the server)
      X-Queue: 1
      Arrival-Date: Tue, 24 Nov 2026 03:00:00 +0000 (UTC)
      \(groups)
      --b
      Content-Type: text/rfc822-headers

      \(returned)
      --b--

      """.utf8)
  }

  private func pattern(_ yaml: String) throws -> DeliveredPattern {
    let text = file("steps:\n  - expect: {delivered: \(yaml)}")
    return try #require(suite(text).cases.first?.steps.first?.patterns.first?.delivered)
  }

  private func mismatch(_ yaml: String, _ messages: [UInt8]...) throws -> String? {
    try pattern(yaml).mismatch(Delivery(messages: messages, what: "report"), in: context)
  }

  @Test(arguments: [
    "{report: {}}", "{report: {well-formed: true, count: 1}}", "{copies: 1, report: {}, header: {Return-Path: '<>'}}",
    "{report: {message: {Reporting-MTA: {type: DNS, domain: true, word: mx.example.test}, DSN-Gateway: null, X-Queue: true}}}",
    "{report: {message: {Original-Envelope-Id: {value: Tok}, Arrival-Date: {date: true}, Received-From-MTA: {optional: true, date: true}}}}",
    "{report: {recipients: {Final-Recipient: {type: rfc822, value: '${undeliverable-recipient}'}, Action: FAILED, Status: {status: 5.x.x}}}}",
    "{report: {recipients: [{Action: {any: [delivered, failed]}}, {Status: [5., '.1']}], names: ['${undeliverable-recipient}']}}",
    "{report: {only: [Original-Envelope-Id, Reporting-MTA, Arrival-Date, Final-Recipient, Action, Status]}}",
  ])
  func fits(yaml: String) throws {
    #expect(try mismatch(yaml, report()) == nil)
  }

  @Test(arguments: [
    ("{report: {count: 2}}", "the reports tell of 1 recipients, not 2"), ("{copies: 2, report: {}}", "1 reports were delivered, not 2"),
    ("{report: {names: left@example.test}}", "no report has left@example.test"),
    ("{report: {message: {Original-Envelope-Id: {value: tok}}}}", "Original-Envelope-Id is Tok and is not tok"),
    ("{report: {message: {Original-Envelope-Id: null}}}", "the report has a field Original-Envelope-Id: Tok"),
    ("{report: {message: {DSN-Gateway: true}}}", "the report has no field DSN-Gateway"),
    (
      "{report: {message: {Reporting-MTA: {type: x-local}}}}",
      "Reporting-MTA is dns; mx.example.test (the server) and its type is not x-local"
    ),
    ("{report: {message: {X-Queue: {date: true}}}}", "X-Queue is 1 and is no date with a numeric time zone"),
    ("{report: {message: {X-Queue: {domain: true}}}}", "X-Queue is 1 and is no full domain name"),
    ("{report: {recipients: {Status: {status: 4.x.x}}}}", "Status is 5.2.1 and is another status code"),
    ("{report: {recipients: {Action: {status: x.x.x}}}}", "Action is failed and is no status code"),
    ("{report: {recipients: {Action: {any: [delivered, relayed]}}}}", "Action is failed and has none of delivered, relayed"),
    ("{report: {only: [Action, Status]}}", "the report has a field Original-Envelope-Id"),
  ])
  func doesNotFit(yaml: String, reason: String) throws {
    #expect(try mismatch(yaml, report()) == reason)
  }

  @Test("Several reports are looked at together")
  func readsReportsTogether() throws {
    let yaml = "{report: {recipients: [{Final-Recipient: a@example.test}, {Final-Recipient: b@example.test}], count: 2}}"
    #expect(try mismatch(yaml, report(recipients: ["a@example.test"]), report(recipients: ["b@example.test"])) == nil)
    #expect(try mismatch(yaml, report(recipients: ["b@example.test", "a@example.test"])) == nil)
    let wanted = try pattern(yaml)
    #expect(wanted.report?.isIncomplete([report(recipients: ["a@example.test"])], in: context) == true)
    #expect(wanted.report?.isIncomplete([Array("Subject: tok\n\nno report at all\n".utf8)], in: context) == false)
  }

  @Test("Where nothing has come, and that is a violation, it is said so")
  func nothing() throws {
    #expect(try mismatch("{report: {}}") == "nothing was reported, though mail that was sent later arrived")
    #expect(try mismatch("{copies: 0, report: {}}") == nil)
    #expect(try mismatch("{copies: 0, report: {}}", report()) == "1 reports were delivered, not 0")
  }

  @Test("A case that looks for reports needs the sender and the sender's mailbox")
  func needsTheSender() throws {
    let loaded = try #require(suite(file("steps:\n  - expect: {delivered: {report: {}}}")).cases.first)
    #expect(loaded.needs.reports && !loaded.needs.mailbox)
    #expect(loaded.fixtures.contains(.localSender))
  }

  @Test(arguments: [
    ("{report: {welformed: true}}", "unknown key 'welformed', did you mean 'well-formed'?"),
    ("{report: {recipients: {Status: {state: 5.x.x}}}}", "unknown key 'state'"),
    ("{report: {recipients: {Status: {status: 5.x}}}}", "'5.x' is no status code"),
  ])
  func refuses(yaml: String, reason: String) {
    #expect(throws: SpecErrors.self) { try pattern(yaml) }
    do { _ = try pattern(yaml) } catch { #expect("\(error)".contains(reason)) }
  }
}
