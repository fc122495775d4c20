import Testing
import Wire

@Suite("NOTIFY and ORCPT, RFC 3461 §4.1 and §4.2")
struct DeliveryStatusParametersTests {
  private static let conditions: [(String, NotifyConditions)] = [
    ("NEVER", .never), ("never", .never), ("SUCCESS", .success), ("Success,DELAY", [.success, .delay]),
    ("SUCCESS,FAILURE,DELAY", [.success, .failure, .delay]), ("DELAY,DELAY", .delay),
  ]

  @Test(arguments: conditions)
  func readsConditions(value: String, conditions: NotifyConditions) {
    #expect(NotifyConditions(Octets(value.utf8)) == conditions)
  }

  @Test(arguments: ["", ",", "SUCCESS,", ",SUCCESS", "NEVER,SUCCESS", "SUCCESS,NEVER", "NEVER,NEVER", "ALWAYS", "SUCCESS;DELAY"])
  func refusesConditions(value: String) {
    #expect(NotifyConditions(Octets(value.utf8)) == nil)
  }

  @Test(arguments: [("rfc822;a@b.example", "rfc822", "a@b.example"), ("X400;+2FC+3DDE+2F", "X400", "/C=DE/"), ("rfc822;", "rfc822", "")])
  func readsOriginalRecipient(value: String, type: String, address: String) {
    let recipient = OriginalRecipient(Octets(value.utf8))
    #expect(recipient?.type == Octets(type.utf8))
    #expect(recipient?.address == Octets(address.utf8))
  }

  @Test(arguments: ["", "a@b.example", ";a@b.example", "rf c;x", "rfc822;+", "rfc822;a+00b", "(x);a", "rfc822;a+FF", "rfc822;a+2b"])
  func refusesOriginalRecipient(value: String) {
    #expect(OriginalRecipient(Octets(value.utf8)) == nil)
  }

  @Test("What xtext is made of decodes to what it was, and only with capital digits")
  func encodes() {
    let all = (0...255).map { UInt8($0) }
    #expect(XText.decode(XText.encode(all), inSmallLetters: false) == all)
    #expect(XText.encode(Octets("a+b=c d".utf8)) == Octets("a+2Bb+3Dc+20d".utf8))
    #expect(XText.decode(Octets("a+2b".utf8), inSmallLetters: false) == nil)
  }
}
