import Conformance
import Foundation
import Reports
import Synchronization
import Testing
import Transport

@Suite("Credentials stay out of everything that is written")
struct SecretTests {
  private static let password = "correct horse+battery"
  private static let token = "mF_9.B5f-4.1JqM~secret"

  /// A server that says back whatever it hears, as it came and decoded from base64, and takes every login.
  private static func echo(_ heard: Heard) -> FakeServer.Behaviour {
    { session, _ throws(TransportError) in
      try session.send(Array("220 mx.example.test ESMTP\r\n".utf8), deadline: .after(.seconds(10)))
      while case .octets = session.receive(deadline: .after(.seconds(60))) {
        let text = String(decoding: session.unread, as: UTF8.self)
        guard session.unread.last == 0x0A else { continue }
        session.consume(session.unread.count)
        for line in text.split(whereSeparator: \.isNewline) {
          heard.add(String(line))
          let decoded = line.split(separator: " ").compactMap { Data(base64Encoded: String($0)) }.map {
            String(decoding: $0, as: UTF8.self)
          }
          decoded.forEach(heard.add)
          let said = ([String(line)] + decoded).joined(separator: " ").filter { !$0.isNewline && $0 != "\0" && $0 != "\u{1}" }
          let reply =
            line.hasPrefix("EHLO")
            ? "250-mx.example.test\r\n250 AUTH PLAIN LOGIN OAUTHBEARER\r\n" : "\(line.hasPrefix("AUTH") ? 235 : 250) heard \(said)\r\n"
          try session.send(Array(reply.utf8), deadline: .after(.seconds(10)))
        }
      }
    }
  }

  /// What the server heard.
  private final class Heard: Sendable {
    private let text = Mutex("")
    func add(_ line: String) { text.withLock { $0 += line + "\n" } }
    func contains(_ words: String) -> Bool { text.withLock { $0.contains(words) } }
  }

  /// The core of a secret's base64, wherever in a longer text it stands: what the octets before and behind it cannot change.
  private static func base64(of secret: String) -> [String] {
    (0..<3).map { shift in
      let text = Data([UInt8](repeating: 0x78, count: shift) + Array(secret.utf8)).base64EncodedString()
      return String(text.replacing("=", with: "").dropFirst(shift == 0 ? 0 : shift + 1).dropLast(2))
    }
  }

  @Test("No report has a password or a token, in clear or in base64, though the server says them back")
  func nothingIsShown() throws {
    let heard = Heard()
    let server = try FakeServer(Self.echo(heard))
    defer { server.stop() }
    let scratch = try Scratch()
    defer { scratch.remove() }
    let configuration = """
      address: \(server.address)
      role: mx
      domain: example.test
      recipient: alice@example.test
      credentials: {username: alice, password: {env: SECRET}, token: {env: TOKEN}}
      """
    try scratch.write(configuration, to: "smtpspec.yaml")
    let forms = RunForms.all.flatMap { ["--report", "\($0.name)=out.\($0.name)"] }
    let outcome = try Tool.run(
      [
        "check", "--config", "smtpspec.yaml", "--only", "rfc4616", "--only", "rfc7628", "--jobs", "1", "--json=events.jsonl",
        "--transcripts", "transcripts",
      ]
        + ["--verbose"] + forms,
      environment: ["SECRET": Self.password, "TOKEN": Self.token], in: scratch.url)
    #expect(heard.contains(Self.password) && heard.contains(Self.token), "the cases do log in: \(outcome.output)")
    let matrix = try Tool.run(
      ["matrix", "events.jsonl"] + MatrixForms.all.flatMap { ["--report", "\($0.name)=matrix.\($0.name)"] }, in: scratch.url)
    let compared = try Tool.run(["compare", "events.jsonl", "events.jsonl"], in: scratch.url)
    let waived = try Tool.run(["waive", "events.jsonl", "--reason", "known"], in: scratch.url)
    var texts = ["console": outcome.output + outcome.errors, "matrix": matrix.errors, "compare": compared.output, "waive": waived.output]
    let files = FileManager.default.enumerator(atPath: scratch.url.path)?.compactMap { $0 as? String } ?? []
    for file in files where (try? FileManager.default.contentsOfDirectory(atPath: scratch.file(file).path)) == nil {
      texts[file] = try scratch.text(file)
    }
    #expect(texts.count > 20 && texts["out.html"] != nil && texts["matrix.html"] != nil)
    let secrets = [Self.password, Self.token].flatMap { [$0] + Self.base64(of: $0) }
    for (name, text) in texts { for secret in secrets { #expect(!text.contains(secret), "\(name) has \(secret)") } }
    #expect(texts["events.jsonl"]?.contains("[redacted]") == true, "they are redacted, not missing")
  }
}
