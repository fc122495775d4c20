import Testing
import Wire

@testable import Conformance

@Suite("What a reply must be like")
struct MatchingTests {
  private func reply(_ text: String) throws -> Reply {
    try #require(try Reply.parse(Array(text.utf8).span, tolerating: .everything)).reply
  }

  private func pattern(_ yaml: String) throws -> Pattern {
    let text = file("steps:\n  - expect: \(yaml)")
    return try #require(suite(text).cases.first?.steps.first?.patterns.first)
  }

  private let context = MatchContext(values: { $0 == .recipient ? Array("alice@example.test".utf8) : nil }, offersEnhancedCodes: true)

  @Test(
    arguments: [
      ("503", "503 no\r\n", true), ("503", "501 no\r\n", false), ("5xx", "599 no\r\n", true), ("50x", "550 no\r\n", false),
      ("'501 | 503'", "503 no\r\n", true), ("any", "999 x\r\n", true), ("silence", "250 x\r\n", false), ("close", "421 bye\r\n", true),
      ("eof", "421 bye\r\n", false),
      ("{code: 250, text: HELLO}", "250-x\r\n250 hello\r\n", true), ("{code: 250, text: [a, b]}", "250 a\r\n", false),
      ("{code: 250, text: '<${recipient}>'}", "250 <Alice@Example.Test>\r\n", true),
      ("{excludes: '<@'}", "250 <a@b>\r\n", true), ("{excludes: '<@'}", "250-<a@b>\r\n250 <@c:d@e>\r\n", false),
      ("{excludes: [no, YES]}", "250 yes\r\n", false), ("{excludes: '<${recipient}>'}", "250 <alice@example.test>\r\n", false),
      ("{has-text: true}", "250 x\r\n", true), ("{has-text: true}", "250\r\n", false), ("{has-text: true}", "250 \r\n", false),
      ("{has-text: true}", "250-x\r\n250 \r\n", true), ("{separated: true}", "250 \r\n", true), ("{separated: true}", "250\r\n", false),
      ("{separated: true}", "250-x\r\n250\r\n", false),
      ("{exactly: ''}", "334 \r\n", true), ("{exactly: ''}", "334 x\r\n", false), ("{exactly: ''}", "334-\r\n334 \r\n", false),
      ("{exactly: ok}", "250 ok\r\n", true), ("{exactly: ok}", "250 OK\r\n", false),
      ("{exactly: '<${recipient}>'}", "250 <alice@example.test>\r\n", true),
      ("{base64: true}", "334 QUI=\r\n", true), ("{base64: true}", "334 \r\n", false), ("{base64: true}", "334 Say it\r\n", false),
      ("{base64: true}", "334-QUI=\r\n334 QUI=\r\n", false),
      ("{begins: domain}", "220 mx.example.test x\r\n", true), ("{begins: domain}", "220 [127.0.0.1] x\r\n", true),
      ("{begins: domain}", "220 -mx- x\r\n", false), ("{begins: 'OK'}", "250 ok then\r\n", true),
      ("{lines: 1}", "250 a\r\n", true), ("{lines: 1}", "250-a\r\n250 b\r\n", false), ("{lines: many}", "250 a\r\n", false),
      ("{keywords: [size]}", "250-h\r\n250 SIZE 10\r\n", true), ("{absent: [SIZE]}", "250-h\r\n250 SIZE 10\r\n", false),
      ("{keyword-syntax: true}", "250-h\r\n250 S_ZE\r\n", false),
      ("{without: bare-lf}", "250 a\n", false), ("{without: bare-lf}", "250 a\r\n", true), ("{without: any-fault}", "250 \u{1}\r\n", false),
      ("{enhanced: 5.x.x}", "550 5.1.1 no\r\n", true), ("{enhanced: 5.7.1}", "550 5.1.1 no\r\n", false),
      ("{enhanced: none}", "250 2.0.0 x\r\n", false),
      ("{enhanced: required-if-offered}", "250 x\r\n", false), ("{enhanced: required-if-offered}", "550 5.0.0 x\r\n", true),
      ("{enhanced: required-if-offered}", "550 2.0.0 x\r\n", false),
      ("{enhanced: '5.1.1 | 5.7.x'}", "550 5.7.9 x\r\n", true), ("{enhanced: '5.1.1 | 5.7.x'}", "550 5.1.2 x\r\n", false),
      ("{enhanced: 5.1.1}", "550-no\r\n550 5.1.1 no\r\n", true), ("{enhanced: 5.1.1}", "550-5.7.1 no\r\n550 5.1.1 no\r\n", false),
      ("{enhanced: 5.1.1}", "550-no\r\n550 no\r\n", false),
      ("{enhanced: every-line}", "250-2.0.0 x\r\n250 2.0.0\r\n", true), ("{enhanced: every-line}", "250-2.0.0 x\r\n250 y\r\n", false),
      ("{enhanced: every-line}", "250 3.0.0 x\r\n", false), ("{enhanced: every-line}", "250 2.0.1234 x\r\n", false),
      ("{enhanced: every-line}", "250 2.0 x\r\n", false), ("{enhanced: every-line}", "250 2.0.0.1 x\r\n", false),
      ("{enhanced: same}", "250-2.0.0 x\r\n250 2.0.1 x\r\n", false), ("{enhanced: same}", "250-2.0.0 x\r\n250 2.0.0 y\r\n", true),
      ("{enhanced: agreeing}", "250-2.0.0 x\r\n250 5.0.0 x\r\n", false), ("{enhanced: agreeing}", "250 x\r\n", true),
      ("{enhanced: [every-line, agreeing]}", "250 4.0.0 x\r\n", false), ("{enhanced: [every-line, agreeing]}", "250 2.0.0 x\r\n", true),
      ("{enhanced: spaced}", "250 2.0.0: x\r\n", false), ("{enhanced: spaced}", "250 2.0.0\r\n", false),
      ("{enhanced: spaced}", "250 2.0.0  x\r\n", true), ("{enhanced: no-leading-zeros}", "250 2.1.05 x\r\n", false),
      ("{enhanced: no-leading-zeros}", "250 2.10.0 x\r\n", true), ("{enhanced: registered}", "550 5.1.10 x\r\n", true),
      ("{enhanced: registered}", "550 5.1.11 x\r\n", false), ("{enhanced: registered}", "550 5.8.0 x\r\n", false),
    ])
  func replies(yaml: String, text: String, matches: Bool) throws {
    #expect(try pattern(yaml).matches(.reply(reply(text)), in: context) == matches)
  }

  @Test("silence, the end and a handshake are told apart")
  func others() throws {
    let silence = Observation.silence(partial: 0, waited: .seconds(1))
    #expect(try pattern("silence").matches(silence, in: context))
    #expect(try !pattern("silence").matches(.silence(partial: 3, waited: .seconds(1)), in: context))
    #expect(try pattern("close").matches(.ended(reset: true), in: context))
    #expect(try pattern("eof").matches(.ended(reset: false), in: context))
    #expect(try !pattern("eof").matches(silence, in: context))
    #expect(try pattern("handshake").matches(.handshake("TLSv1.3"), in: context))
    #expect(try !pattern("handshake").matches(.handshakeFailed("alert"), in: context))
    #expect(try pattern("close").matches(.handshakeFailed("closed"), in: context))
  }

  @Test("what did not fit is told")
  func reasons() throws {
    let observed = Observation.reply(try reply("250 2.0.0 hi\r\n"))
    #expect(try pattern("{code: 250, text: hello}").mismatch(observed, in: context) == "the text lacks hello")
    #expect(try pattern("{code: 250, enhanced: none}").mismatch(observed, in: context) == "the reply has the enhanced code 2.0.0")
    #expect(try pattern("500").mismatch(observed, in: context) == "")
  }
}

@Suite("What must have been delivered")
struct DeliveryTests {
  private let context = MatchContext(values: { $0 == .token ? Array("tok".utf8) : nil }, offersEnhancedCodes: false)
  private let message = """
    Return-Path: <a@b.example>
    Received: from c.example (c.example [192.0.2.1])
    \tby mx.example with ESMTP id 1; Mon, 23 Nov 2026 10:00:00 +0000
    Subject: tok

    first
    .second

    """

  private func mismatch(_ yaml: String, copies: Int = 1) throws -> String? {
    let text = file("steps:\n  - expect: {delivered: \(yaml)}")
    let pattern = try #require(suite(text).cases.first?.steps.first?.patterns.first?.delivered)
    return pattern.mismatch(Delivery(messages: Array(repeating: Array(message.utf8), count: copies)), in: context)
  }

  @Test(
    arguments: [
      "{copies: 1}", "{body: 'first\\r\\n.second\\r\\n'}", "{contains: ['first\\r\\n', second]}", "{excludes: third}",
      "{header: {Subject: '${token}', X-None: null}}", "{first: return-path}",
      "{received: {well-formed: true, with: ESMTP, by: mx.example}}", "{received: {with: [esmtp]}}",
    ])
  func fits(yaml: String) throws {
    #expect(try mismatch(yaml) == nil)
  }

  @Test(
    arguments: [
      ("{copies: 2}", "1 copies were delivered, not 2"), ("{body: 'first'}", "the body is "),
      ("{contains: third}", "the message lacks third"),
      ("{excludes: first}", "the message has first"), ("{header: {Subject: null}}", "the message has a field Subject"),
      ("{header: {X-None: a}}", "the message has no field X-None"), ("{header: {Subject: a}}", "Subject is tok and lacks a"),
      ("{first: Received}", "the message's first field is Return-Path, not Received"),
      ("{received: {for: true}}", "Received has no 'for' clause"),
      ("{received: {with: LMTP}}", "Received's 'with' clause lacks LMTP"),
      ("{received: {with: [SMTP]}}", "Received's 'with' clause is ESMTP"),
    ])
  func doesNot(yaml: String, reason: String) throws {
    #expect(try #require(try mismatch(yaml)).hasPrefix(reason))
  }

  @Test("below the Received field of a server that had the message from the target stands the target's own")
  func ownTrace() throws {
    let yaml = file("steps:\n  - expect: {delivered: {received: {with: [ESMTP]}}}")
    let pattern = try #require(suite(yaml).cases.first?.steps.first?.patterns.first?.delivered)
    let relayed = "Received: from mx.example by next.example with LMTP id 2; Mon, 23 Nov 2026 10:00:01 +0000\n" + message
    let context = MatchContext(values: { $0 == .host ? Array("mx.example".utf8) : nil }, offersEnhancedCodes: false)
    let delivery = Delivery(messages: [Array(relayed.utf8)])
    #expect(pattern.mismatch(delivery, in: context) == nil)
    #expect(pattern.mismatch(delivery, in: self.context)?.hasPrefix("Received's 'with' clause is ") == true)
  }

  @Test("a field that is no time-stamp-line is told with its octet")
  func malformedTrace() throws {
    let broken = message.replacing(" with ESMTP id 1;", with: " id 1 with ESMTP;")
    let text = file("steps:\n  - expect: {delivered: {received: {well-formed: true}}}")
    let pattern = try #require(suite(text).cases.first?.steps.first?.patterns.first?.delivered)
    #expect(pattern.mismatch(Delivery(messages: [Array(broken.utf8)]), in: context)?.hasPrefix("Received is no time-stamp-line") == true)
  }
}
