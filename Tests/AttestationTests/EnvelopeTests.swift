import Attestation
import Foundation
import Testing

@Suite("DSSE envelopes")
struct EnvelopeTests {
  @Test("the octets that are signed are those of the specification")
  func encoding() {
    // The vector of DSSE's protocol.md.
    let octets = Envelope.encoding(of: Array("hello world".utf8), type: "http://example.com/HelloWorld")
    #expect(String(decoding: octets, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
  }

  @Test("lengths count octets, not characters")
  func countsOctets() {
    #expect(Envelope.encoding(of: Array("é".utf8), type: "ü") == Array("DSSEv1 2 ü 2 é".utf8))
  }

  @Test("a payload, a type or a signature that was changed is not signed")
  func changes() throws {
    let keys = try KeyMaker(.ed25519)
    let others = try KeyMaker(.p256)
    defer {
      keys.remove()
      others.remove()
    }
    let key = try VerificationKey(path: keys.open)
    let envelope = try #require(Envelope(signing: Array("{}".utf8), with: SigningKey(path: keys.secret)))
    #expect(envelope.isSigned(by: key))
    #expect(!envelope.isSigned(by: try VerificationKey(path: others.open)))
    let signatures = envelope.signatures
    #expect(!Envelope(payloadType: envelope.payloadType, payload: Array("{ }".utf8), signatures: signatures).isSigned(by: key))
    #expect(!Envelope(payloadType: "text/plain", payload: envelope.payload, signatures: signatures).isSigned(by: key))
    #expect(!Envelope(payloadType: envelope.payloadType, payload: envelope.payload, signatures: []).isSigned(by: key))
  }

  @Test("the name beside a signature decides nothing")
  func keyIDIsAHint() throws {
    let keys = try KeyMaker(.ed25519)
    defer { keys.remove() }
    let key = try VerificationKey(path: keys.open)
    let envelope = try #require(Envelope(signing: Array("{}".utf8), with: SigningKey(path: keys.secret)))
    #expect(envelope.signatures.map(\.keyID) == [key.id])
    let renamed = envelope.signatures.map { Envelope.Signature(keyID: "someone", octets: $0.octets) }
    let foreign = Envelope.Signature(keyID: key.id, octets: [0])
    #expect(Envelope(payloadType: envelope.payloadType, payload: envelope.payload, signatures: [foreign] + renamed).isSigned(by: key))
  }
}

@Suite("What a statement is about")
struct SubjectTests {
  private static let digest = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"

  @Test("a file has its name and its digest")
  func files() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("subject-\(UUID().uuidString)")
    try Data("hello world".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try Subject(file.path) == Subject(name: file.lastPathComponent, digest: Self.digest))
  }

  @Test(
    "an image is named by its digest",
    arguments: [
      ("sha256:\(digest)", "sha256:b94d27b9934d"), ("registry.example.test:5000/mta@sha256:\(digest)", "registry.example.test:5000/mta"),
    ])
  func digests(text: String, name: String) throws {
    #expect(try Subject(text) == Subject(name: name, digest: Self.digest))
  }

  @Test(
    "what is neither is refused",
    arguments: [
      ("/nonexistent/server", "it cannot be read: No such file or directory"), ("/tmp", "it is no file: "),
      ("sha256:abc", "a SHA-256 has 64 "),
      ("mta@sha256:\(digest.uppercased())", "a SHA-256 has 64 "),
    ])
  func refuses(text: String, words: String) {
    #expect { try Subject(text) } throws: { ($0 as? Subject.Failure)?.message.hasPrefix(words) == true }
  }
}
