import Foundation
import ReferenceServer
import Testing

@Suite("A build is certified, and the statement is checked")
struct CertificationTests {
  /// A few cases, so that a run is short.
  private static let specs: [(String, String)] = [
    (
      "specs/requirements/rfc5321.yaml",
      """
      rfc: 5321
      title: Simple Mail Transfer Protocol
      requirements:
        - {id: 3.3-10, level: MUST, role: server, summary: RCPT before MAIL draws 503.}
      """
    ),
    (
      "specs/rfc5321/3.3.yaml",
      """
      rfc: 5321
      section: '3.3'
      title: Mail transactions
      cases:
        - {id: a, title: RCPT without a MAIL draws 503, covers: [3.3-10], given: ehlo, steps: [{send: 'RCPT TO:<${recipient}>', expect: 503}]}
        - {id: b, title: For submission, covers: [3.3-10], given: ehlo, needs: {role: submission}, steps: [{send: NOOP, expect: 250}]}
        - {id: c, title: NOOP, covers: [3.3-10], given: ehlo, needs: {slow: true}, steps: [{send: NOOP, expect: 250}]}
      """
    ),
  ]

  /// A folder with specs, a build, keys, and a server.
  private final class Place {
    let scratch: Scratch
    let server: Server
    let port: UInt16

    init(defects: [String] = [], key: [String] = ["-algorithm", "ed25519"]) throws {
      scratch = try Scratch()
      for (name, text) in CertificationTests.specs { try scratch.write(text, to: name) }
      try scratch.write("the build", to: "server.bin")
      server = Server(configuration: Configuration(), defects: try defects.map { try Defect.named($0) })
      port = try server.start()
      try openssl(["genpkey"] + key + ["-out", "key.pem"])
      try openssl(["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"])
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.file("key.pem").path)
    }

    deinit {
      server.stop()
      scratch.remove()
    }

    @discardableResult
    func openssl(_ arguments: [String], mustSucceed: Bool = true) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["openssl"] + arguments
      process.currentDirectoryURL = scratch.url
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      if mustSucceed { try #require(process.terminationStatus == 0) }
      return process.terminationStatus
    }

    func certify(_ more: [String] = [], environment: [String: String] = [:]) throws -> Tool.Outcome {
      let target = ["127.0.0.1:\(port)", "--domain", "example.test", "--recipient", "alice@example.test"]
      let outcome = try Tool.run(
        ["certify"] + target + ["--subject", "server.bin", "--key", "key.pem", "--specs", "specs"] + more, environment: environment,
        in: scratch.url)
      // Nothing of a key is ever said.
      let lines = try scratch.text("key.pem").split(separator: "\n").filter { !$0.hasPrefix("-----") }
      for line in lines { #expect(!(outcome.output + outcome.errors).contains(line)) }
      return outcome
    }

    func verify(_ more: [String] = [], file: String = "smtpspec.intoto.jsonl", key: String = "public.pem") throws -> Tool.Outcome {
      try Tool.run(["verify", file, "--key", key] + more, in: scratch.url)
    }

    func envelope() throws -> [String: Any] {
      let text = try scratch.text("smtpspec.intoto.jsonl")
      return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    func payload() throws -> Data {
      let text = try #require(try envelope()["payload"] as? String)
      return try #require(Data(base64Encoded: text))
    }
  }

  @Test(
    "What is certified can be verified",
    arguments: [["-algorithm", "ed25519"], ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]])
  func certifies(key: [String]) throws {
    let place = try Place(key: key)
    let certified = try place.certify(["--json=events.jsonl", "--url", "https://ci.example.test/1"])
    #expect(certified.status == 0, "\(certified.output)\(certified.errors)")
    #expect(certified.errors.contains("smtpspec.intoto.jsonl: PASSED for server.bin, signed with "))
    let verified = try place.verify(["--subject", "server.bin", "--role", "mx", "--require", "passed"])
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.output.contains("result      PASSED  2 satisfied\n") && verified.output.contains("role        mx\n"))

    let payload = try place.payload()
    let statement = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
    let predicate = try #require(statement["predicate"] as? [String: Any])
    #expect(predicate["passedTests"] as? [String] == ["rfc5321/3.3/a", "rfc5321/3.3/c"])
    #expect(predicate["url"] as? String == "https://ci.example.test/1")
    // The digest of the events is that of the file.
    let events = try #require((predicate["configuration"] as? [[String: Any]])?.first { $0["name"] as? String == "events.jsonl" })
    let subject = try Tool.run(
      ["verify", "smtpspec.intoto.jsonl", "--key", "public.pem", "--subject", "events.jsonl"], in: place.scratch.url)
    #expect(subject.status == 1)
    let told = try #require((events["digest"] as? [String: String])?["sha256"])
    #expect(subject.errors.contains("not about events.jsonl (sha256:\(told))"), "\(subject.errors)")
  }

  @Test(
    "OpenSSL accepts the signature", arguments: [["-algorithm", "ed25519"], ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]])
  func opensslAccepts(key: [String]) throws {
    let place = try Place(key: key)
    #expect(try place.certify().status == 0)
    let payload = try place.payload()
    let signatures = try place.envelope()["signatures"] as? [[String: String]]
    let signature = try #require(signatures?.first?["sig"].flatMap { Data(base64Encoded: $0) })
    let type = "application/vnd.in-toto+json"
    try (Data("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload).write(to: place.scratch.file("signed"))
    try signature.write(to: place.scratch.file("signature"))
    let digest = key.contains("EC") ? ["-digest", "sha256"] : []
    let arguments =
      ["pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin"] + digest + ["-in", "signed", "-sigfile", "signature"]
    #expect(try place.openssl(arguments, mustSucceed: false) == 0)
    try place.scratch.write("DSSEv1 other", to: "signed")
    #expect(try place.openssl(arguments, mustSucceed: false) != 0)
  }

  @Test(
    "An in-toto and DSSE implementation accepts it, and refuses what was changed",
    .enabled(
      if: Readers.have("securesystemslib", "in_toto_attestation", "cryptography"), "the readers are not installed: scripts/readers.sh"),
    arguments: [["-algorithm", "ed25519"], ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]])
  func inTotoAccepts(key: [String]) throws {
    let place = try Place(key: key)
    #expect(try place.certify().status == 0)
    let file = place.scratch.file("smtpspec.intoto.jsonl").path
    let read = try Readers.run("statement.py", [file, place.scratch.file("public.pem").path])
    #expect(read.status == 0, "\(read.output)")
    let told = try #require(try JSONSerialization.jsonObject(with: Data(read.output.utf8)) as? [String: Any])
    #expect(told["result"] as? String == "PASSED" && told["passed"] as? [String] == ["rfc5321/3.3/a", "rfc5321/3.3/c"])
    #expect((told["subject"] as? [String: String])?.keys.sorted() == ["server.bin"])
    var envelope = try place.envelope()
    envelope["payload"] = (try place.payload() + Data(" ".utf8)).base64EncodedString()
    try JSONSerialization.data(withJSONObject: envelope).write(to: place.scratch.file("changed.json"))
    #expect(try Readers.run("statement.py", [place.scratch.file("changed.json").path, place.scratch.file("public.pem").path]).status != 0)
  }

  @Test("A faulty server is signed as FAILED, and the statement holds only where that is asked for")
  func failed() throws {
    let place = try Place(defects: ["accepts-rcpt-before-mail"])
    let certified = try place.certify()
    #expect(certified.status == 1 && certified.errors.contains("FAILED for server.bin"), "\(certified.errors)")
    let verified = try place.verify()
    #expect(verified.status == 1 && verified.errors.contains("its result is FAILED, and --require asks for warned"))
    #expect(verified.output.contains("failed      rfc5321/3.3/a\n"))
    #expect(try place.verify(["--require", "any"]).status == 0)
  }

  @Test("What is waived makes a warning that names its reason")
  func warned() throws {
    let place = try Place(defects: ["accepts-rcpt-before-mail"])
    try place.scratch.write("- {case: rfc5321/3.3/a, reason: known to us}\n", to: "waivers.yaml")
    #expect(try place.certify(["--waivers", "waivers.yaml"]).status == 0)
    let verified = try place.verify()
    #expect(verified.status == 0 && verified.output.contains("waiver      rfc5321/3.3/a: known to us\n"), "\(verified.output)")
    #expect(try place.verify(["--require", "passed"]).status == 1)
  }

  @Test("A statement that was changed, is by another key, about another build or another role does not hold")
  func doesNotHold() throws {
    let place = try Place()
    #expect(try place.certify().status == 0)
    try place.openssl(["genpkey", "-algorithm", "ed25519", "-out", "other.pem"])
    try place.openssl(["pkey", "-in", "other.pem", "-pubout", "-out", "other-public.pem"])
    let other = try place.verify(key: "other-public.pem")
    #expect(other.status == 1 && other.output.isEmpty && other.errors.contains("no signature of it is by the Ed25519 key "))
    var envelope = try place.envelope()
    let text = String(decoding: try place.payload(), as: UTF8.self).replacing("server.bin", with: "server.exe")
    envelope["payload"] = Data(text.utf8).base64EncodedString()
    try JSONSerialization.data(withJSONObject: envelope).write(to: place.scratch.file("changed.json"))
    let changed = try place.verify(file: "changed.json")
    #expect(changed.status == 1 && changed.output.isEmpty && changed.errors.contains("it was changed after it was signed"))
    try place.scratch.write("another build", to: "server.bin")
    let build = try place.verify(["--subject", "server.bin"])
    #expect(build.status == 1 && build.errors.contains("it is about server.bin (sha256:"), "\(build.errors)")
    let role = try place.verify(["--role", "lmtp"])
    #expect(role.status == 1 && role.errors.contains("it is about the role 'mx', not 'lmtp'"))
    try place.scratch.write("rubbish", to: "rubbish")
    let rubbish = try place.verify(file: "rubbish")
    #expect(rubbish.status == 2 && rubbish.errors.contains("it is no JSON from octet 1 on"))
  }

  @Test("A key that others may read, or that is under a passphrase which nobody gave, signs nothing")
  func keys() throws {
    let place = try Place()
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place.scratch.file("key.pem").path)
    let exposed = try place.certify()
    #expect(
      exposed.status == 2 && exposed.errors.contains("--key key.pem: others may read or change it (its permissions are 644): chmod 600 it"))
    try place.openssl(["genpkey", "-algorithm", "ed25519", "-aes-256-cbc", "-pass", "pass:open sesame", "-out", "key.pem"])
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.scratch.file("key.pem").path)
    let encrypted = try place.certify()
    #expect(encrypted.status == 2 && encrypted.errors.contains("--key-passphrase-env NAME"), "\(encrypted.errors)")
    let unset = try place.certify(["--key-passphrase-env", "PASS"])
    #expect(unset.status == 2 && unset.errors.contains("the environment has no such variable"))
    let wrong = try place.certify(["--key-passphrase-env", "PASS"], environment: ["PASS": "sesame"])
    #expect(wrong.status == 2 && wrong.errors.contains("the passphrase does not open it") && !wrong.errors.contains("sesame"))
    #expect(!FileManager.default.fileExists(atPath: place.scratch.file("smtpspec.intoto.jsonl").path))
    let opened = try place.certify(["--key-passphrase-env", "PASS"], environment: ["PASS": "open sesame"])
    #expect(opened.status == 0 && !(opened.output + opened.errors).contains("open sesame"), "\(opened.errors)")
  }

  @Test("A run that came to nothing is not signed")
  func nothing() throws {
    let place = try Place()
    place.server.stop()
    let outcome = try place.certify()
    #expect(outcome.status == 3 && outcome.errors.contains("nothing is signed"), "\(outcome.errors)")
    let stale = try Place()
    try stale.scratch.write("- {case: rfc5321/3.3/a, reason: known to us}\n", to: "waivers.yaml")
    #expect(try stale.certify(["--waivers", "waivers.yaml"]).status == 4)
    for place in [place, stale] { #expect(!FileManager.default.fileExists(atPath: place.scratch.file("smtpspec.intoto.jsonl").path)) }
  }
}
