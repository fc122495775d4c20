import Foundation
import Testing
import Transport
import Wire

@testable import Conformance

/// A suite of one register and one file of cases, for tests.
func suite(_ cases: String, file: String = "specs/rfc5321/3.3.yaml") throws -> Suite {
  let register = """
    rfc: 5321
    title: Simple Mail Transfer Protocol
    requirements:
      - {id: 3.3-10, level: MUST, role: server, summary: A transaction starts with MAIL.}
      - {id: 3.3-11, level: SHOULD, role: server, summary: Something weaker.}
    """
  return try Suite(files: [SpecFile(name: "specs/requirements/rfc5321.yaml", text: register), SpecFile(name: file, text: cases)])
}

/// A file with one case, whose further lines are given.
func file(_ lines: String) -> String {
  """
  rfc: 5321
  section: '3.3'
  title: Mail transactions
  cases:
    - id: one
      title: One
      covers: [3.3-10]
  \(lines.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n"))
  """
}

@Suite("Mistakes in specs are shown with their place")
struct SpecMistakeTests {
  @Test(
    arguments: [
      ("steps:\n  - sned: NOOP", "9:9: unknown key 'sned', did you mean 'send'?"),
      ("steps:\n  - {send: NOOP, expect: 2yx}", "9:30: '2yx' is nothing that can be expected"),
      ("steps:\n  - {send: NOOP, expect: slence}", "9:30: 'slence' is nothing that can be expected, did you mean 'silence'?"),
      ("steps:\n  - {send: 'RCPT TO:<${recipent}>'}", "9:16: unknown fixture 'recipent', did you mean 'recipient'?"),
      ("steps:\n  - {send: 'a\\q', expect: any}", "9:16: unknown escape '\\q'"),
      ("steps:\n  - {send: 'a\\x4', expect: any}", "9:16: '\\x' wants two hexadecimal digits"),
      ("steps:\n  - {send: [NOOP, NOOP], expect: 250}", "9:9: 2 lines are sent, and 1 replies expected"),
      ("steps:\n  - {send: NOOP, halfclose: {}}", "9:9: a step does one thing; this has send and halfclose"),
      ("steps:\n  - {send: NOOP, assume: 250, expect: 250}", "9:9: a step assumes or expects, not both"),
      ("steps:\n  - {send: NOOP, tolerate: 250}", "9:9: 'accept' and 'tolerate' stand beside an 'expect'"),
      (
        "steps:\n  - {send: NOOP, expect: {code: 250, has-text: true}, accept: '2xx | 5xx'}",
        "9:9: 'accept' takes 250 as 'expect' does, and would end the case unseen: leave it out of one of them"
      ),
      ("steps:\n  - {send: NOOP, expect: [501], accept: [5xx]}", "9:9: 'accept' takes 501 as 'expect' does"),
      ("steps:\n  - {send: [A, B], expect: [250, 501], accept: 5xx}", "9:9: 'accept' takes 501 as 'expect' does"),
      ("steps:\n  - {send: NOOP, expect: 250, accept: any}", "9:9: 'accept' takes any reply as 'expect' does"),
      ("steps:\n  - {send: QUIT, expect: eof, accept: close}", "9:9: 'accept' takes the end of the connection as 'expect' does"),
      ("steps:\n  - {send: NOOP, expect: '421 | 5xx', accept: close}", "9:9: 'accept' takes 421 as 'expect' does"),
      ("steps:\n  - {expect: silence | 5xx, accept: silence}", "9:9: 'accept' takes silence as 'expect' does"),
      ("steps:\n  - {within: 2s}", "9:9: this step does nothing and expects nothing"),
      ("steps:\n  - {send: NOOP, within: soon, expect: 250}", "9:30: 'soon' is no time"),
      ("steps:\n  - {send: NOOP, times: 0, expect: 250}", "9:29: '0' is no whole number"),
      ("steps:\n  - {send: NOOP, times: '${size-limit}', expect: 250}", "9:9: 'times' is a number, or one of ${mail-limit}, ${rcpt-limit}"),
      (
        "steps:\n  - {send: NOOP, expect: {keyword-parameters: [ERTN]}}",
        "9:52: the parameters of 'ERTN' are not known, did you mean 'ETRN'?"
      ),
      ("steps:\n  - {reply: 220 a, expect: {comand: EHLO}}", "9:33: unknown key 'comand'"),
      ("steps:\n  - {reply: 220 a, expect: {command: EHLO, arguments: x}}", "9:48: unknown key 'arguments', did you mean 'argument'?"),
      ("steps:\n  - {starttls: {minimum: '1.4'}}", "9:30: a version of TLS is '1.0', '1.1', '1.2' or '1.3'"),
      ("steps:\n  - {starttls: {maxmum: '1.2'}}", "9:21: unknown key 'maxmum', did you mean 'maximum'?"),
      ("needs: {tls: maybe}\nsteps: [{send: NOOP}]", "8:"),
      ("steps: []", "8:12: a case has at least one step"),
      ("given: elho\nsteps: [{send: NOOP}]", "8:12: unknown state 'elho', did you mean 'ehlo'?"),
      ("kind: bug\nsteps: [{send: NOOP}]", "8:11: unknown kind 'bug'"),
      ("segment: [octets]\nsteps: [{send: NOOP}]", "8:15: unknown segmentation 'octets', did you mean 'octet'?"),
      ("each: [{octets: a}]\nsteps: [{send: NOOP}]", "8:12: a row has a 'name'"),
      ("each: []\nsteps: [{send: NOOP}]", "8:11: an empty table makes no case"),
      ("each: [{name: a}]\nsteps: [{send: '${each.b}'}]", "9:20: '${each.b}': the case's table has no such column"),
      ("needs: {extensons: [SIZE]}\nsteps: [{send: NOOP}]", "8:13: unknown key 'extensons', did you mean 'extensions'?"),
      ("steps:\n  - {send: {octets: [{repeat: x, times: 99999999}]}}", "9:"),
      ("steps:\n  - {octets: [{chunk: x, lats: true}]}", "9:30: unknown key 'lats', did you mean 'last'?"),
      ("steps:\n  - {octets: [{chunk: [{chunk: x}]}]}", "9:29: unknown key 'chunk'"),
      ("steps:\n  - {octets: [{base64: x, tmies: 2}]}", "9:31: unknown key 'tmies'"),
      ("steps:\n  - {octets: [{bsae64: x}]}", "9:20: unknown key 'bsae64'"),
      ("steps:\n  - {sasl: {mechanism: SCRAM-SHA-2}}", "9:28: unknown mechanism 'SCRAM-SHA-2', did you mean"),
      ("steps:\n  - {sasl: {deviation: wrong-prof}}", "9:28: unknown deviation 'wrong-prof', did you mean 'wrong-proof'?"),
      ("steps:\n  - {sasl: {mechanism: CRAM-MD5, initial: true}}", "9:47: only where the client has the first word"),
      ("steps:\n  - {sasl: {mechanism: CRAM-MD5, deviation: no-proof}}", "9:49: this AUTH CRAM-MD5 has no message"),
      ("steps:\n  - {sasl: {mechansim: CRAM-MD5}}", "9:17: unknown key 'mechansim', did you mean 'mechanism'?"),
      ("steps:\n  - expect: {code: 334, challenge: messageid}", "9:40: unknown challenge 'messageid', did you mean 'message-id'?"),
      ("given: securd\nsteps: [{send: NOOP}]", "8:12: unknown state 'securd', did you mean 'secured'?"),
      ("steps:\n  - expect: {code: 250, without: [bare-fl]}", "9:39: unknown fault 'bare-fl', did you mean 'bare-lf'?"),
      ("steps:\n  - {send: NOOP, expect: {delivered: {copies: 1}}}", "9:9: looking for what was delivered is a step of its own"),
      ("steps: [{send: NOOP}", "not YAML: "),
      ("steps: [{send: NOOP}]\nsteps: [{send: NOOP}]", "key twice: 'steps'"),
    ])
  func oneMistake(lines: String, message: String) {
    #expect { try suite(file(lines)) } throws: { error in
      let text = "\(error)"
      return text.contains(message) && text.hasPrefix("specs/rfc5321/3.3.yaml:")
    }
  }

  @Test(
    "what 'accept' tells apart on purpose is no overlap",
    arguments: [
      "expect: '2xx | 4xx | 5xx', accept: 421", "expect: '220 | 4xx', accept: close",
      "expect: {code: any, without: eight-bit}, accept: 251", "expect: 250, accept: {code: 250, lines: many}",
    ]
  )
  func narrowerAccept(judgement: String) throws {
    #expect(try suite(file("steps:\n  - {send: NOOP, \(judgement)}")).cases.count == 1)
  }

  @Test("several mistakes are shown at once, a row's only once")
  func everyMistake() {
    let text = file("each: [{name: a}, {name: b}]\nsteps:\n  - {send: NOOP, expect: 25o}\n  - {sned: QUIT}")
    #expect { try suite(text) } throws: { error in
      (error as? SpecErrors)?.errors.map(\.line) == [10, 11]
    }
  }

  @Test("a requirement that is not registered, with the nearest")
  func unknownRequirement() {
    let text = file("steps: [{send: NOOP}]").replacing("3.3-10", with: "3.3-12")
    #expect { try suite(text) } throws: { error in
      "\(error)".contains("7:14: RFC5321-3.3-12 is not registered in specs/requirements/, did you mean 'RFC5321-3.3-10'?")
    }
  }

  @Test("two cases of one id name each other's place")
  func duplicateCase() {
    let one = "  - {id: one, title: One, covers: [3.3-10], steps: [{send: NOOP}]}"
    let text = "rfc: 5321\nsection: '3.3'\ntitle: T\ncases:\n\(one)\n\(one)"
    #expect { try suite(text) } throws: { error in
      "\(error)" == "specs/rfc5321/3.3.yaml:6:1: the id 'rfc5321/3.3/one' stands at specs/rfc5321/3.3.yaml:5 already"
    }
  }

  @Test("aliases that would blow up and nesting that would overflow are refused", arguments: [true, false])
  func bombs(aliases: Bool) {
    var text = "rfc: 5321\nsection: '3.3'\ntitle: T\n"
    if aliases {
      text += "cases:\n  - id: one\n    title: T\n    covers: [3.3-10]\n    steps:\n      - expect: {text: [*f]}\n"
      text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + text
      text = text.replacing("a: &a", with: "rfc: &a").replacing("rfc: 5321\n", with: "")
      for (one, other) in [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e")] {
        let row = Array(repeating: "*\(other)", count: 10).joined(separator: ", ")
        text = text.replacing("section:", with: "\(one): &\(one) [\(row)]\nsection:")
      }
    } else {
      text += "cases: " + String(repeating: "[", count: 50_000)
    }
    #expect(throws: SpecErrors.self) { try suite(text) }
  }

  @Test("the binary carries what stands in specs/, every file of it")
  func embedded() throws {
    let specs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../specs").standardizedFileURL.path
    let files = try SpecFolder.files(of: specs)
    #expect(Suite.embeddedPaths.sorted() == files.map { "specs" + $0.name.dropFirst(specs.count) }.sorted())
    #expect(try Suite.embedded().cases.map(\.id) == Suite.load(folder: specs).cases.map(\.id))
  }
}

@Suite("Cases from tables, and what they become")
struct CaseExpansionTests {
  @Test("a row's name ends the id, its columns stand in titles, octets and expectations")
  func each() throws {
    let text = file(
      """
      each:
        - {name: lower, verb: noop, code: 250}
        - {name: upper, verb: NOOP, code: '2xx'}
      steps:
        - {send: '${each.verb}', expect: '${each.code}'}
      """)
    let cases = try suite(text).cases
    #expect(cases.map(\.id) == ["rfc5321/3.3/one/lower", "rfc5321/3.3/one/upper"])
    #expect(cases.map(\.line) == [5, 5])
    guard case .send(let templates) = cases[0].steps[0].action else { return #expect(Bool(false), "not a send") }
    #expect(templates == [Template(parts: [.octets(Array("noop".utf8)), .octets([13, 10])])])
  }

  @Test("each way of cutting is a row")
  func segments() throws {
    let cases = try suite(file("segment: [whole, octet]\nsteps: [{send: NOOP}]")).cases
    #expect(cases.map(\.id) == ["rfc5321/3.3/one/whole", "rfc5321/3.3/one/octet"])
    #expect(cases.map(\.segmentation) == [.whole, .octet])
  }

  @Test("escapes are one octet each, fixtures are found")
  func octets() throws {
    let cases = try suite(file("steps: [{octets: ['\\r\\n\\0\\\\\\xff${token}', {repeat: 'ab', times: 2}]}]")).cases
    guard case .send(let templates) = cases[0].steps[0].action else { return #expect(Bool(false), "not a send") }
    let octets = templates[0].filled { $0 == .token ? [65] : nil }
    #expect(octets == [13, 10, 0, 92, 255, 65, 97, 98, 97, 98])
    #expect(cases[0].fixtures.contains(.token))
  }

  @Test("a chunk has the count of its octets in front, fixtures filled in")
  func chunk() throws {
    let steps = "steps: [{octets: [{chunk: ['a\\xff${token}\\r\\n', {repeat: 'b', times: 7}]}, {chunk: '', last: true}, 'QUIT']}]"
    let cases = try suite(file(steps)).cases
    guard case .send(let templates) = cases[0].steps[0].action else { return #expect(Bool(false), "not a send") }
    let octets = templates[0].filled { $0 == .token ? [65, 66] : nil }
    #expect(octets == Array("BDAT 13\r\na".utf8) + [255] + Array("AB\r\nbbbbbbbBDAT 0 LAST\r\nQUIT".utf8))
    #expect(cases[0].fixtures.contains(.token))
  }

  @Test("base64 is made of what stands inside, fixtures filled in")
  func base64() throws {
    let steps = "steps: [{octets: ['AUTH PLAIN ', {base64: ['\\0${username}\\0', {repeat: 'b', times: 3}]}, '\\r\\n']}]"
    let cases = try suite(file(steps)).cases
    guard case .send(let templates) = cases[0].steps[0].action else { return #expect(Bool(false), "not a send") }
    let octets = templates[0].filled { $0 == .username ? Array("alice".utf8) : nil }
    #expect(octets == Array("AUTH PLAIN ".utf8) + Base64.encode(Array("\0alice\0bbb".utf8)) + [13, 10])
    #expect(cases[0].fixtures.contains(.username))
  }

  @Test("an exchange needs its mechanism, and the credentials")
  func sasl() throws {
    let cases = try suite(file("steps: [{sasl: {mechanism: SCRAM-SHA-1}, expect: 334}, {sasl: {deviation: wrong-proof}, expect: 535}]"))
      .cases
    #expect(cases[0].needs.mechanisms == ["SCRAM-SHA-1"])
    #expect(cases[0].fixtures.isSuperset(of: [.username, .password]))
    guard case .sasl(let first) = cases[0].steps[0].action, case .sasl(let second) = cases[0].steps[1].action else {
      return #expect(Bool(false), "not an exchange")
    }
    #expect(first.hasInitialResponse && first.mechanism == .scramSHA1)
    #expect(second.deviation == .wrongProof && second.mechanism == nil)
  }

  @Test("the level is the strongest of what is covered", arguments: [("3.3-11", Level.should), ("3.3-11, 3.3-10", .must)])
  func level(covers: String, level: Level) throws {
    let cases = try suite(file("steps: [{send: NOOP}]").replacing("covers: [3.3-10]", with: "covers: [\(covers)]")).cases
    #expect(cases.map(\.level) == [level])
  }

  @Test("looking into the mailbox needs one, TLS needs TLS")
  func derivedNeeds() throws {
    let cases = try suite(file("given: tls\nsteps: [{expect: {delivered: {copies: 1}}}]")).cases
    #expect(cases[0].needs.mailbox)
    #expect(cases[0].needs.tls)
  }

  @Test("a case's source is the text it was written as")
  func source() throws {
    let suite = try suite(file("steps:\n  - send: NOOP\n    expect: 250"))
    #expect(
      suite.source(of: suite.cases[0]) == "- id: one\n  title: One\n  covers: [3.3-10]\n  steps:\n    - send: NOOP\n      expect: 250")
  }
}
