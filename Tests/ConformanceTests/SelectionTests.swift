import Conformance
import Testing

@Suite("Selecting cases")
struct SelectionTests {
  private func cases() throws -> [Case] {
    let text = """
      rfc: 5321
      section: '3.3'
      title: T
      cases:
        - {id: must-one, title: One, covers: [3.3-10], steps: [{send: NOOP}]}
        - {id: should-one, title: One, covers: [3.3-11], steps: [{send: NOOP}]}
        - {id: table, title: One, covers: [3.3-10], kind: vulnerability, each: [{name: a}, {name: b}], steps: [{send: NOOP}]}
      """
    return try suite(text).cases
  }

  @Test(
    arguments: [
      (["rfc5321/3.3/must-one"], [], ["must-one"]),
      (["rfc5321/3.3/*-one"], [], ["must-one", "should-one"]),
      (["*one"], ["level:should"], ["must-one"]),
      (["rfc5321/3.3/table"], [], ["table/a", "table/b"]),
      (["rfc:5321"], ["kind:vulnerability"], ["must-one", "should-one"]),
      (["section:3"], ["*/b"], ["must-one", "should-one", "table/a"]),
      (["covers:RFC5321-3.3-11"], [], ["should-one"]),
      ([], ["*/table/?"], ["must-one", "should-one"]),
    ])
  func selects(only: [String], skip: [String], expected: [String]) throws {
    let chosen = try Selection(only: only, skip: skip).cases(of: cases())
    #expect(chosen.map { String($0.id.dropFirst("rfc5321/3.3/".count)) } == expected)
  }

  @Test(
    arguments: [
      (["rfc5321/3.3/must-on"], [], "no case matches 'rfc5321/3.3/must-on', did you mean 'rfc5321/3.3/must-one'?"),
      (["shuold-one"], [], "no case matches 'shuold-one', did you mean 'should-one'?"),
      (["level:mist"], [], "'level:mist': a level is must, should or may"),
      (["rfc:abc"], [], "'rfc:abc': an RFC is a number, as in rfc:5321"),
      (["lvl:must"], [], "'lvl:must': no selector 'lvl:'"),
      (["kind:bug"], [], "'kind:bug': a kind is conformance, vulnerability or interoperability"),
      (["covers:x"], [], "'covers:x': a requirement is written RFC5321-3.3-10"),
      (["*"], ["*"], "--skip leaves no case of those that --only names"),
    ])
  func refuses(only: [String], skip: [String], message: String) {
    #expect(throws: SelectionError.self) { try Selection(only: only, skip: skip).cases(of: cases()) }
    #expect { try Selection(only: only, skip: skip).cases(of: cases()) } throws: { "\($0)".hasPrefix(message) }
  }
}
