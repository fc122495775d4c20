import Testing

@testable import Conformance

@Suite("The order in which cases run")
struct OrderTests {
  @Test("some quick cases first, then those that wait, the longest first, then the rest; none is lost")
  func waitingCasesAreNotLeftForTheEnd() throws {
    let text = """
      rfc: 5321
      section: '3.3'
      title: T
      cases:
        - {id: a, title: A, covers: [3.3-10], steps: [{send: NOOP, expect: 250}]}
        - {id: b, title: B, covers: [3.3-10], steps: [{send: NOOP, expect: silence}]}
        - {id: c, title: C, covers: [3.3-10], steps: [{pause: 1s}, {send: NOOP, expect: 250}]}
        - {id: d, title: D, covers: [3.3-10], steps: [{send: NOOP, expect: 250}]}
        - {id: e, title: E, covers: [3.3-10], steps: [{send: NOOP, expect: 250}]}
        - {id: f, title: F, covers: [3.3-10], steps: [{send: NOOP, expect: 250}]}
        - {id: g, title: G, covers: [3.3-10], steps: [{expect: silence}, {expect: silence}]}
      """
    let order = Runner.order(try suite(text).cases, silence: .milliseconds(100), jobs: 1)
    #expect(order.map { $0.id.suffix(1) } == ["a", "d", "e", "c", "g", "b", "f"])
  }
}
