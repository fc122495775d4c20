import Testing
import Transport
import Wire

@testable import Conformance

@Suite("What a SASL client computes")
struct SASLTests {
  private func octets(_ text: String) -> [UInt8] { Array(text.utf8) }
  private func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

  @Test("the example of RFC 2195 §2")
  func cramMD5() throws {
    var client = CRAMMD5Client(username: octets("tim"), password: octets("tanstaaftanstaaf"))
    let challenge = "<1896.697170952@postoffice.reston.mci.net>"
    #expect(throws: SASLObstacle.self) { try client.message(nil) }
    client.take(octets(challenge))
    #expect(client.mismatch(.messageID) == nil)
    #expect(try text(client.message(nil)) == "tim b913a602c7eda7a495b4e6e7334d3890")
    #expect(try text(client.message(.wrongProof)) == "tim a913a602c7eda7a495b4e6e7334d3890")
    #expect(try text(client.message(.shortProof)) == "tim b913a602c7eda7a495b4e6e7334d389")
    #expect(try text(client.message(.upperCaseProof)) == "tim B913A602C7EDA7A495B4E6E7334D3890")
    #expect(try text(client.message(.otherChallenge)) == "tim b913a602c7eda7a495b4e6e7334d3890")
    #expect(try text(client.message(.emptyName)) == " b913a602c7eda7a495b4e6e7334d3890")
    #expect(try text(client.message(.noProof)) == "tim")
    #expect(try client.message(.wrongPassword) != client.message(nil))
    #expect(throws: SASLObstacle.self) { try client.message(.wrongNonce) }
  }

  @Test(
    "what is a message id",
    arguments: [
      ("<a.b@c>", true), ("a.b@c", false), ("<a.b>", false), ("<@c>", false), ("<a@>", false),
      ("<a@b@c>", false), ("<a b@c>", false), ("<>", false), ("", false),
    ])
  func messageID(challenge: String, fits: Bool) {
    var client = CRAMMD5Client(username: [], password: [])
    client.take(octets(challenge))
    #expect((client.mismatch(.messageID) == nil) == fits)
  }

  @Test("the example of RFC 5802 §5")
  func scramSHA1() throws {
    var client = SCRAMClient(.sha1, username: octets("user"), password: octets("pencil"), nonce: octets("fyko+d2lbbFgONRv9qkxdawL"))
    #expect(try text(client.message(nil)) == "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL")
    client.take(octets("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"))
    for check in [ChallengeCheck.serverFirst, .nonce, .iterations] { #expect(client.mismatch(check) == nil) }
    #expect(
      try text(client.message(nil)) == "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
    client.take(octets("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="))
    #expect(client.mismatch(.verifier) == nil)
    #expect(client.secrets.contains(octets("rmF9pqV8S7suAoZWja4dJRkFsKQ=")))
    #expect(try client.message(nil) == [])
    client.take(octets("v=rmF9pqV8S7suAoZWja4dJRkFsKR="))
    #expect(client.mismatch(.verifier) != nil)
    client.take(octets("e=other-error"))
    #expect(client.mismatch(.verifier) != nil)
    #expect(client.mismatch(.serverError) == nil)
  }

  @Test("the example of RFC 7677 §3")
  func scramSHA256() throws {
    var client = SCRAMClient(.sha256, username: octets("user"), password: octets("pencil"), nonce: octets("rOprNGfwEbeRWgbNEkqO"))
    #expect(try text(client.message(nil)) == "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
    client.take(octets("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
    #expect(
      try text(client.message(nil))
        == "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    client.take(octets("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
    #expect(client.mismatch(.verifier) == nil)
  }

  @Test(
    "what deviates in the first message",
    arguments: [
      (SASLDeviation.bindingNotOffered, "y,,n=us=2Cer,r=N"), (.bindingWanted, "p=tls-unique,,n=us=2Cer,r=N"),
      (.bindingUnknown, "p=x-smtpspec,,n=us=2Cer,r=N"), (.unknownFlag, "x,,n=us=2Cer,r=N"), (.ownIdentity, "n,a=us=2Cer,n=us=2Cer,r=N"),
      (.otherIdentity, "n,a=smtpspec-nobody,n=us=2Cer,r=N"), (.mandatoryExtension, "n,,m=x-smtpspec,n=us=2Cer,r=N"),
      (.optionalExtension, "n,,n=us=2Cer,r=N,x=smtpspec"), (.unknownName, "n,,n=smtpspec-nobody,r=N"), (.emptyName, "n,,n=,r=N"),
      (.unpreparedName, "n,,n=\u{AD}us=2Cer,r=N"), (.prohibitedName, "n,,n=us=2Cer\u{7},r=N"), (.badEscape, "n,,n=us=2Cer=41,r=N"),
      (.noName, "n,,r=N"), (.noNonce, "n,,n=us=2Cer"), (.notBase64, "n,,n=us=2Cer,r=N"),
    ])
  func firstMessage(deviation: SASLDeviation, expected: String) throws {
    var client = SCRAMClient(.sha1, username: octets("us,er"), password: octets("pencil"), nonce: octets("N"))
    #expect(try text(client.message(deviation)) == expected)
  }

  @Test(
    "what deviates in the last message",
    arguments: [
      (SASLDeviation.wrongNonce, "c=biws,r=NSx,p="), (.ownNonce, "c=biws,r=N,p="), (.wrongBinding, "c=eSws,r=NS,p="),
      (.noBinding, "r=NS,p="), (.optionalExtension, "c=biws,r=NS,x=smtpspec,p="), (.wrongPassword, "c=biws,r=NS,p="),
      (.wrongProof, "c=biws,r=NS,p="), (.shortProof, "c=biws,r=NS,p="), (.zeroProof, "c=biws,r=NS,p=AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
      (.noProof, "c=biws,r=NS"),
    ])
  func lastMessage(deviation: SASLDeviation, expected: String) throws {
    func last(_ deviation: SASLDeviation?) throws -> String {
      var client = SCRAMClient(.sha1, username: octets("user"), password: octets("pencil"), nonce: octets("N"))
      _ = try client.message(nil)
      client.take(octets("r=NS,s=QSXCR+Q6sek8bf92,i=1"))
      return try text(client.message(deviation))
    }
    #expect(try last(deviation).hasPrefix(expected))
    #expect(try last(deviation) != last(nil))
    #expect(try last(deviation).contains("p=") == (deviation != .noProof))
  }

  @Test(
    "what is no first message of a server, and what it asks for",
    arguments: [
      "", "r=NS", "s=QSXCR+Q6sek8bf92,r=NS,i=1", "r=NS,s=QSXC!,i=1", "r=NS,s=QSXC,i=0", "r=NS,s=QSXC,i=-1", "r=NS,s=QSXC,i=x",
      "r=NS,s=QSXC,i=99999999999999999999", "m=x,r=NS,s=QSXC,i=1", "r=,s=QSXC,i=1", "r=N\u{7}S,s=QSXC,i=1", "r=NS,s=QSXC,i=+1",
    ])
  func noServerFirst(challenge: String) {
    #expect(SCRAMServerFirst(octets(challenge)) == nil)
  }

  @Test("a server cannot keep the client busy", arguments: [(1_000_001, true), (4095, false)])
  func iterations(count: Int, isTooMany: Bool) throws {
    var client = SCRAMClient(.sha1, username: octets("user"), password: octets("pencil"), nonce: octets("N"))
    _ = try client.message(nil)
    client.take(octets("r=NS,s=QSXCR+Q6sek8bf92,i=\(count)"))
    #expect((client.mismatch(.iterations) == nil) == isTooMany)
    if isTooMany {
      #expect(throws: SASLObstacle.self) { try client.message(nil) }
    } else {
      #expect(try !client.message(nil).isEmpty)
    }
  }

  @Test("a nonce that is not the client's with something behind", arguments: [("r=XS", false), ("r=N", false), ("r=NS", true)])
  func nonce(start: String, fits: Bool) throws {
    var client = SCRAMClient(.sha1, username: octets("user"), password: octets("pencil"), nonce: octets("N"))
    _ = try client.message(nil)
    client.take(octets("\(start),s=QSXC,i=4096"))
    #expect((client.mismatch(.nonce) == nil) == fits)
  }

  @Test(
    "what can be expected of a challenge without an exchange",
    arguments: [
      (ChallengeCheck.failureObject, #"{"status":"invalid_token"}"#, true), (.failureObject, #"{"scope":"x"}"#, false),
      (.failureObject, "[1]", false), (.failureObject, "no", false), (.failureObject, #"{"status":1}"#, false),
      (.oneScope, #"{"scope":"a b"}"#, false), (.oneScope, #"{"scope":"a"}"#, true), (.oneScope, "{}", true), (.fresh, "new", true),
      (.fresh, "old", false), (.serverFirst, "r=NS,s=QSXC,i=1", false),
    ])
  func checks(check: ChallengeCheck, challenge: String, fits: Bool) throws {
    let line = Array("334 ".utf8) + Base64.encode(octets(challenge)) + [13, 10]
    let reply = try #require(try Reply.parse(line.span, tolerating: .everything)).reply
    let context = MatchContext(values: { _ in nil }, offersEnhancedCodes: false, challenges: [octets("old")])
    #expect((check.mismatch(reply, in: context) == nil) == fits)
  }
}
