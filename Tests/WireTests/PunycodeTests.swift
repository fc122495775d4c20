import Testing
import Wire

@Suite("U-labels and A-labels, RFC 3492 and RFC 5890")
struct PunycodeTests {
  @Test(
    arguments: [
      ("bücher", "bcher-kva"), ("jörg", "jrg-sna"), ("münchen-ost", "mnchen-ost-9db"), ("用户", "zouo53b"), ("ü", "tda"),
      // Of RFC 3492 §7.1: (B) Chinese, and (L), which mixes ASCII with Japanese.
      ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"), ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
    ])
  func encodes(_ label: String, _ encoded: String) {
    #expect(Punycode.encode(label.unicodeScalars) == Array(encoded.utf8))
  }

  @Test(
    arguments: [
      ("bücher.example.org", "xn--bcher-kva.example.org"), ("Example.ORG", "example.org"),
      ("xn--bcher-kva.example.org", "xn--bcher-kva.example.org"),
      ("bücher.münchen.example.org", "xn--bcher-kva.xn--mnchen-3ya.example.org"),
    ])
  func comparesDomains(_ domain: String, _ name: String) throws {
    #expect(try Domain(parsing: Array(domain.utf8), in: .internationalized).aLabelOctets == Array(name.utf8))
  }
}
