import Foundation
import Testing

@Suite("smtpspec coverage")
struct CoverageCommandTests {
  private func objects(_ arguments: [String]) throws -> [[String: Any]] {
    let outcome = try Tool.run(["coverage", "--json"] + arguments)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try outcome.lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)") }
  }

  private func number(_ object: [String: Any], _ key: String) throws -> Int {
    try #require(object[key] as? Int, "\(key)")
  }

  @Test("The table has a row for each RFC and the total, and says which RFCs have no cases yet")
  func printsATable() throws {
    let outcome = try Tool.run(["coverage"])
    let objects = try objects([])
    #expect(outcome.status == 0)
    #expect(outcome.lines.count == objects.count + 1)
    #expect(outcome.lines.first?.contains("statements  testable  covered") == true)
    for (line, object) in zip(outcome.lines.dropFirst(), objects) {
      #expect(line.contains("none yet") == (object["begun"] as? Bool == false), "\(line)")
      if let title = object["title"] as? String { #expect(line.hasSuffix("  " + title)) }
    }
  }

  @Test("The numbers add up, and percentages are rounded down")
  func addsUp() throws {
    let objects = try objects([])
    let total = try #require(objects.last)
    #expect(total["rfc"] as? String == "total")
    for key in ["statements", "testable", "covered", "open", "clientSide"] {
      #expect(try objects.dropLast().map { try number($0, key) }.reduce(0, +) == number(total, key), "\(key)")
    }
    for object in objects {
      let untested = try #require(object["untested"] as? [String: Int]).values.reduce(0, +)
      #expect(try number(object, "statements") == number(object, "testable") + number(object, "clientSide") + untested)
      #expect(try number(object, "testable") == number(object, "covered") + number(object, "open"))
      guard try number(object, "testable") > 0 else { continue }
      #expect(try number(object, "percentage") == number(object, "covered") * 100 / number(object, "testable"))
    }
  }

  @Test("--open lists what the counts call open", arguments: [[], ["rfc5321"]])
  func listsWhatIsOpen(rfc: [String]) throws {
    let listed = try objects(["--open"] + rfc).compactMap { $0["requirement"] as? String }
    #expect(try objects(rfc).flatMap { $0["openRequirements"] as? [String] ?? [] } == listed)
    let plain = try Tool.run(["coverage", "--open"] + rfc)
    let shown = plain.lines.filter { $0.hasPrefix("  RFC") }.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(shown == listed)
  }

  @Test("An argument chooses one RFC, and --specs another folder")
  func chooses() throws {
    let one = try objects(["5321"])
    #expect(one.count == 1 && one.first?["rfc"] as? Int == 5321)
    let scratch = try Scratch()
    defer { scratch.remove() }
    let requirement = "{id: 1-1, level: MUST, role: server, summary: It is so., awaits: a step}"
    try scratch.write("rfc: 99999\ntitle: Another\nrequirements: [\(requirement)]", to: "specs/requirements/rfc99999.yaml")
    let outcome = try Tool.run(["coverage", "--open", "--specs", scratch.file("specs").path])
    let lines = ["RFC 99999 Another: no cases yet, 1 open", "  RFC99999-1-1  MUST        It is so.", "                awaits a step", ""]
    #expect(outcome.output == lines.joined(separator: "\n"))
    #expect(try objects(["--specs", scratch.file("specs").path]).first?["percentage"] as? Int == 0)
  }
}
