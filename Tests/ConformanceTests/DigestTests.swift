import Conformance
import Foundation
import Testing

@Suite("Suite.digest: what was tested")
struct DigestTests {
  private static let cases = """
    rfc: 5321
    section: '3.3'
    title: Mail transactions
    cases:
      - id: one
        title: One
        covers: [3.3-10]
        given: ehlo
        steps:
          - send: NOOP
            expect: 250
    """
  private static let register = """
    rfc: 5321
    title: SMTP
    requirements:
      - {id: 3.3-10, level: MUST, role: server, summary: It does.}
    """

  private func suite(folder: String, cases: String = Self.cases) throws -> Suite {
    let files = [
      SpecFile(name: folder + "rfc5321/a.yaml", text: cases), SpecFile(name: folder + "requirements/rfc5321.yaml", text: Self.register),
    ]
    return try Suite(files: files, root: folder)
  }

  @Test("SHA-256 as FIPS 180-4 has it")
  func isSHA256() {
    #expect(Digest.hexadecimal(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest.hexadecimal(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("It is the same wherever the folder stands, and another where a letter differs")
  func namesTheSpecs() throws {
    let one = try suite(folder: "specs/").digest
    #expect(try suite(folder: "/elsewhere/my specs/").digest == one)
    #expect(try suite(folder: "specs/", cases: Self.cases + "\n").digest != one)
    #expect(one.hasPrefix("sha256:") && one.count == 71)
  }

  @Test("The binary's specs and the folder that they were made from have the same")
  func isTheFoldersOwn() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    #expect(try Suite.embedded().digest == Suite.load(folder: root.appendingPathComponent("specs").path).digest)
  }
}
