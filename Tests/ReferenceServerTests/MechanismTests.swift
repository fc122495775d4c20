import Dialogue
import Testing
import Transport
import Wire

@testable import ReferenceServer

@Suite("SASL mechanisms of the reference server")
struct MechanismTests {
  private func rehearsal(_ configure: (inout Configuration) -> Void = { _ in }) -> Rehearsal {
    Rehearsal("EHLO client.example") { configuration in
      configuration.makeNonce = { Array("3rfcNHYJY1ZVvWVs7j".utf8) }
      configure(&configuration)
    }
  }

  private func text(_ decision: Decision) -> String {
    decision.answers.first.map { String(decoding: $0.octets(withStatus: false).dropLast(2), as: UTF8.self) } ?? ""
  }

  @Test("the example of RFC 2195 §2")
  func cramMD5() {
    var rehearsal = rehearsal {
      $0.hostName = "postoffice.reston.mci.net"
      $0.makeNonce = { Array("1896".utf8) }
      $0.clock = ServerClock(now: { 697_170_952 }, offset: { 0 })
      $0.passwords = ["tim": "tanstaaftanstaaf"]
    }
    #expect(text(rehearsal.say("AUTH CRAM-MD5")) == "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+")
    #expect(rehearsal.respond("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw").code == 235)
    #expect(rehearsal.state.dialogue.isAuthenticated)
  }

  @Test(
    "other responses to CRAM-MD5",
    arguments: [
      "tim B913A602C7EDA7A495B4E6E7334D3890", "tim b913a602c7eda7a495b4e6e7334d389", "tim", "", " b913a602c7eda7a495b4e6e7334d3890",
      "tim tanstaaftanstaaf", "tom b913a602c7eda7a495b4e6e7334d3890", "tim  ",
    ])
  func otherDigest(response: String) {
    let challenge = Array("<1896.697170952@postoffice.reston.mci.net>".utf8)
    #expect(CRAMMD5.user(of: Array(response.utf8), to: challenge, passwords: ["tim": "tanstaaftanstaaf"]) == nil)
  }

  @Test(
    "SCRAM's first messages",
    arguments: [
      ("n,,n=alice,r=abc", 334), ("y,,n=alice,r=abc", 334), ("n,a=alice,n=alice,r=abc", 334), ("n,,n=nobody,r=abc", 334),
      ("n,,n=alice,r=abc,x=y", 334), ("n,,n=al=2Cice,r=abc", 334), ("p=tls-unique,,n=alice,r=abc", 535), ("x,,n=alice,r=abc", 535),
      ("n,n=alice,r=abc", 535), ("n=alice,r=abc", 535), ("n,,m=x,n=alice,r=abc", 535), ("n,,r=abc,n=alice", 535), ("n,,n=alice", 535),
      ("n,,r=abc", 535), ("n,,n=,r=abc", 535), ("n,,n=alice,r=", 535), ("n,,n=al=41,r=abc", 535), ("n,,n=al=2,r=abc", 535),
      ("n,,n=a\u{7},r=abc", 535), ("n,,n=alice,r=a\u{7}", 535), ("n,,n=alice,r=abc,xy", 535), ("n,b=alice,n=alice,r=abc", 535), ("", 535),
    ], ["SCRAM-SHA-1", "SCRAM-SHA-256"])
  func scramFirst(row: (message: String, code: Int), mechanism: String) {
    var rehearsal = rehearsal()
    #expect(rehearsal.say("AUTH \(mechanism)").code == 334)
    let decision = rehearsal.respond(base64(row.message))
    #expect(decision.code == row.code)
    guard row.code == 334, let challenge = Base64.decode(text(decision).dropFirst(4).utf8) else { return }
    #expect(String(decoding: challenge, as: UTF8.self).hasPrefix("r=abc3rfcNHYJY1ZVvWVs7j,s="))
    #expect(String(decoding: challenge, as: UTF8.self).hasSuffix(",i=4096"))
  }

  @Test("a user who does not exist has a salt, and always the same")
  func salt() throws {
    let configuration = Configuration()
    let one = try #require(SCRAMExchange(Array("n,,n=nobody,r=a".utf8), .sha256, configuration: configuration))
    let two = try #require(SCRAMExchange(Array("n,,n=nobody,r=b".utf8), .sha256, configuration: configuration))
    let other = try #require(SCRAMExchange(Array("n,,n=alice,r=b".utf8), .sha256, configuration: configuration))
    #expect(one.salt == two.salt && one.salt.count == 16)
    #expect(one.salt != other.salt)
    #expect(one.nonce != two.nonce)
  }

  @Test(
    "what OAUTHBEARER draws",
    arguments: [
      ("n,,\u{1}auth=Bearer mF_9.B5f-4.1JqM\u{1}\u{1}", 235), ("n,a=alice,\u{1}auth=bearer mF_9.B5f-4.1JqM\u{1}\u{1}", 235),
      ("n,,\u{1}host=MX.example.test\u{1}port=587\u{1}auth=Bearer mF_9.B5f-4.1JqM\u{1}\u{1}", 235),
      ("n,a=bob,\u{1}auth=Bearer mF_9.B5f-4.1JqM\u{1}\u{1}", 334), ("n,,\u{1}auth=Bearer other\u{1}\u{1}", 334),
      ("n,,\u{1}host=other.example\u{1}auth=Bearer mF_9.B5f-4.1JqM\u{1}\u{1}", 334), ("n,,\u{1}\u{1}", 334), ("\u{1}", 334), ("", 334),
      ("n,,\u{1}auth=Bearer mF_9.B5f-4.1JqM\u{1}", 334), ("n\u{1}auth=Bearer mF_9.B5f-4.1JqM\u{1}\u{1}", 334),
      ("n,,\u{1}auth Bearer mF_9.B5f-4.1JqM\u{1}\u{1}", 334), ("n,,\u{1}a1=x\u{1}\u{1}", 334),
    ])
  func bearer(message: String, code: Int) {
    var rehearsal = rehearsal()
    rehearsal.state.dialogue.isEncrypted = true
    #expect(rehearsal.say("AUTH OAUTHBEARER").code == 334)
    #expect(rehearsal.respond(base64(message)).code == code)
    guard code == 334 else { return }
    #expect(rehearsal.respond(base64("\u{1}")).code == 535)
    #expect(!rehearsal.state.dialogue.isAuthenticated)
  }

  @Test("what EXTERNAL draws", arguments: [("=", 235), (base64("alice"), 235), (base64("bob"), 535), (base64("alice\0"), 535)])
  func external(response: String, code: Int) {
    var rehearsal = rehearsal()
    #expect(rehearsal.say("AUTH EXTERNAL \(response)").code == 504)
    rehearsal.state.dialogue.isEncrypted = true
    #expect(rehearsal.say("AUTH EXTERNAL \(response)").code == 504)
    rehearsal.state.certificateUser = "alice"
    #expect(rehearsal.say("AUTH EXTERNAL \(response)").code == code)
  }

  @Test("which mechanisms are listed where")
  func lists() {
    var rehearsal = rehearsal()
    func keyword() -> String? { Decider(rehearsal.state, under: rehearsal.configuration).authenticationKeyword }
    #expect(keyword() == "AUTH CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256")
    rehearsal.configuration.takesPasswordsInClear = true
    #expect(keyword() == "AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256")
    rehearsal.state.dialogue.isEncrypted = true
    #expect(keyword() == "AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 OAUTHBEARER")
    rehearsal.state.certificateUser = "alice"
    #expect(keyword()?.hasSuffix(" EXTERNAL OAUTHBEARER") == true)
    rehearsal.state.dialogue.isAuthenticated = true
    #expect(keyword() == nil)
  }
}
