import Foundation
import Testing
import Transport
import Wire

@testable import Conformance

/// The schema is for editors and the loader for runs; both have to know the same words.
@Suite("specs/schema.json has the loader's keys and words")
struct SchemaTests {
  private static func definitions() throws -> [String: Any] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: root.appendingPathComponent("specs/schema.json"))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(schema["$defs"] as? [String: Any])
  }

  /// A definition of the schema, or what stands at a path below it.
  private func definition(_ path: String...) throws -> [String: Any] {
    try path.reduce(Self.definitions()) { node, name in
      try #require(node[name] as? [String: Any], "\(path)")
    }
  }

  /// The words of a definition: its own, or those of the alternative that has some.
  private func words(_ node: [String: Any]) throws -> [String] {
    let alternatives = node["anyOf"] as? [[String: Any]] ?? []
    return try #require(([node] + alternatives).compactMap { $0["enum"] as? [String] }.first)
  }

  @Test(
    "The keys",
    arguments: [
      ("register", RegisterLoader.fileKeys), ("requirement", RegisterLoader.requirementKeys), ("section", CaseLoader.fileKeys),
      ("case", CaseLoader.caseKeys), ("needs", CaseLoader.needsKeys), ("step", StepLoader.keys), ("sendOctets", StepLoader.sendKeys),
      ("sendLine", StepLoader.lineKeys), ("starttls", StepLoader.startTLSKeys), ("repeat", TemplateParser.repeatKeys),
      ("chunk", TemplateParser.chunkKeys), ("base64", TemplateParser.base64Keys), ("sasl", SASLStep.keys),
      ("serve", ServeStep.keys), ("assignment", AssignmentLoader.keys),
      ("reply", PatternLoader.replyKeys), ("mail", PatternLoader.mailKeys), ("command", PatternLoader.commandKeys),
      ("message", PatternLoader.messageKeys),
      ("messageContent", PatternLoader.messageContentKeys), ("delivered", PatternLoader.deliveredKeys),
      ("received", PatternLoader.receivedKeys),
      ("report", ReportPatternLoader.reportKeys), ("reportField", ReportPatternLoader.fieldKeys),
    ])
  func keysAreEqual(name: String, keys: [String]) throws {
    let properties = try definition(name, "properties")
    #expect(Set(properties.keys) == Set(keys))
    #expect(try definition(name)["additionalProperties"] as? Bool == false)
    #expect(Set(keys).count == keys.count)
  }

  @Test(
    "The words",
    arguments: [
      ("given", Case.Given.allCases.map(\.rawValue)), ("kind", Case.Kind.allCases.map(\.rawValue)),
      ("role", TargetRole.allCases.map(\.rawValue)), ("segmentation", Segmentation.allCases.map(\.rawValue)),
      ("fault", ["any-fault"] + ReplyFault.Kind.allCases.map(\.rawValue)), ("fixture", Fixture.allCases.map(\.rawValue)),
      ("enhanced", Array(ReplyPattern.EnhancedPattern.words.keys)),
      ("mechanism", SASLMechanism.allCases.map(\.rawValue)), ("deviation", SASLDeviation.allCases.map(\.rawValue)),
      ("challenge", ChallengeCheck.allCases.map(\.rawValue)),
    ])
  func wordsAreEqual(name: String, words: [String]) throws {
    #expect(Set(try self.words(definition(name))) == Set(words))
  }

  @Test("The words of a requirement")
  func wordsOfARequirementAreEqual() throws {
    func words(_ key: String) throws -> Set<String> { Set(try self.words(definition("requirement", "properties", key))) }
    #expect(try words("level") == Set(RegisterLoader.keywords.keys))
    #expect(try words("role") == Set(Requirement.Role.allCases.map(\.rawValue)))
    #expect(try words("untested") == Set(Requirement.Untested.allCases.map(\.rawValue)))
  }

  @Test("The words that stand for no reply, and the codes")
  func alternativesAreEqual() throws {
    let alternatives = try #require(try definition("alternatives")["anyOf"] as? [[String: Any]])
    let pattern = try #require(alternatives.compactMap { $0["pattern"] as? String }.first)
    let expression = try Regex(pattern)
    for word in PatternLoader.words + ["503", "5xx", "50x", "501 | 503 | close"] {
      #expect(word.wholeMatch(of: expression) != nil, "\(word)")
    }
    for word in ["50", "5yz", "always", "501 |", "501 503"] { #expect(word.wholeMatch(of: expression) == nil, "\(word)") }
  }

  @Test("Every map that is defined is held to the loader here")
  func forgetsNoMap() throws {
    let maps = try Self.definitions().filter { ($0.value as? [String: Any])?["properties"] != nil }.keys
    let held = [
      "register", "requirement", "section", "case", "needs", "step", "sendOctets", "sendLine", "starttls", "repeat", "chunk", "base64",
      "sasl", "serve", "assignment",
      "reply", "mail", "delivered", "command", "message", "messageContent", "received", "report", "reportField",
    ]
    #expect(Set(maps) == Set(held))
  }
}
