import Testing

@testable import Conformance

@Suite("Which roles a case is for, and where it logs in")
struct RoleTests {
  @Test(
    "a case that names no role is for every server that can hear its octets",
    arguments: [
      ("steps: [{send: NOOP, expect: 250}]", [TargetRole.mx, .submission, .lmtp]),
      ("given: ehlo\nsteps: [{send: NOOP, expect: 250}]", [.mx, .submission, .lmtp]),
      ("given: helo\nsteps: [{send: NOOP, expect: 250}]", [.mx, .submission]),
      ("given: lhlo\nsteps: [{send: NOOP, expect: 250}]", [.lmtp]),
      ("steps: [{send: 'ehlo ${client}', expect: 250}]", [.mx, .submission]),
      ("steps: [{send: '${hello} ${client}', expect: 250}]", [.mx, .submission, .lmtp]),
      ("steps: [{send: [NOOP, 'HELO ${client}'], expect: [250, 250]}]", [.mx, .submission]),
      ("steps: [{octets: ['NOOP\\r\\n', 'EHLO ${client}\\r\\n'], expect: 250}]", [.mx, .submission]),
      ("steps: [{octets: [{chunk: 'EHLO x\\r\\n'}], expect: 250}]", [.mx, .submission, .lmtp]),
      ("needs: {role: lmtp}\ngiven: helo\nsteps: [{send: NOOP, expect: 250}]", [.lmtp]),
      ("needs: {role: [odmr, mx]}\nsteps: [{send: NOOP, expect: 250}]", [.odmr, .mx]),
    ])
  func roles(lines: String, roles: [TargetRole]) throws {
    #expect(try suite(file(lines)).cases.map(\.needs.roles) == [roles])
  }

  @Test(
    "against submission a state is reached with a login, but where the case is about logging in",
    arguments: [
      ("given: mail\nsteps: [{send: NOOP, expect: 250}]", true),
      ("given: ehlo\nsteps: [{send: NOOP, expect: 250}]", true),
      ("given: tls\nsteps: [{send: NOOP, expect: 250}]", true),
      ("given: authenticated\nsteps: [{send: 'AUTH PLAIN', expect: 503}]", true),
      ("given: ehlo\nsteps: [{send: 'auth PLAIN', expect: 503}]", false),
      ("given: ehlo\nsteps: [{send: STARTTLS, expect: 220}]", false),
      ("given: ehlo\nneeds: {extensions: [AUTH]}\nsteps: [{send: NOOP, expect: 250}]", false),
      ("given: secured\nsteps: [{send: NOOP, expect: 250}]", false),
      ("given: greeting\nsteps: [{send: NOOP, expect: 250}]", false),
    ])
  func login(lines: String, logsIn: Bool) throws {
    let testCase = try #require(try suite(file(lines)).cases.first)
    var target = try TargetConfiguration(address: "127.0.0.1")
    target.role = .submission
    #expect(testCase.logsIn(to: target) == (testCase.given == .authenticated))
    target.credentials = .init(username: "alice", password: "secret")
    #expect(testCase.logsIn(to: target) == logsIn)
    target.role = .mx
    #expect(testCase.logsIn(to: target) == (testCase.given == .authenticated))
  }
}
