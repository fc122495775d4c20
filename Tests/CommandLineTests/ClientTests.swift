import Foundation
import Testing

@Suite("check --client and send")
struct ClientTests {
  private static func check(_ more: String, _ options: [String] = []) throws -> Tool.Outcome {
    let command = "\(try Tool.binary().path) send {host}:{port} {message} --from {sender} --to {recipient} --tls-policy {tls} \(more)"
    return try Tool.run(
      ["check", "--client", command, "--only", "*/client-doubles-dots", "--only", "*/client-tells-of-refusal/*", "--silence", "150ms"]
        + options)
  }

  @Test("An honest client passes")
  func passes() throws {
    let outcome = try Self.check("")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("✓ satisfied            5"))
  }

  @Test("A faulty one is convicted")
  func isConvicted() throws {
    let outcome = try Self.check("--defect client-doubles-no-dots")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("✗ MUST   rfc5321/4.5.2/client-doubles-dots"))
  }

  @Test("One that makes no connection decides nothing, and says so")
  func decidesNothing() throws {
    let outcome = try Tool.run(["check", "--client", "echo cannot; exit 7", "--only", "*/client-doubles-dots", "--verbose"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("the target made no connection within 10 s, and the client ended with status 7"))
  }

  @Test("send needs a server that is there, and leave for one that is far away")
  func saysWhatIsWrong() throws {
    let away = try Tool.run(["send", "192.0.2.1", "/dev/null", "--from", "a@example.org", "--to", "b@example.org"])
    #expect(away.status == 2 && away.errors.contains("192.0.2.1 is not on this machine."))
    let nobody = try Tool.run(["send", "127.0.0.1:1", "-", "--from", "a@example.org", "--to", "b@example.org"])
    #expect(nobody.status == 3 && nobody.errors.contains("connection refused by 127.0.0.1:1"))
  }
}
