import Testing

@testable import Conformance

@Suite("A run in parts")
struct ShardTests {
  @Test("a part is written 2/5", arguments: ["0/5", "6/5", "2/0", "-1/5", "2", "2/5/1", "a/b", "", "1/10001", "99999999999999999999/5"])
  func refusesOthers(text: String) {
    #expect(Shard(text) == nil)
    #expect(Shard("2/5")?.description == "2/5")
  }

  @Test("the parts are the suite: every case once, in order, whatever their number", arguments: [1, 2, 3, 5, 16, 97])
  func unionIsTheSuite(count: Int) throws {
    let cases = try Conformance.Suite.embedded().cases
    let parts = try (1...count).map { try #require(Shard(index: $0, count: count)).cases(of: cases).map(\.id) }
    #expect(parts.joined().sorted() == cases.map(\.id).sorted())
    let places = Dictionary(uniqueKeysWithValues: cases.enumerated().map { ($0.element.id, $0.offset) })
    for part in parts { #expect(part.compactMap { places[$0] } == part.compactMap { places[$0] }.sorted()) }
  }

  @Test("the parts differ by one case at most, and in time by no more than one case takes", arguments: [2, 5, 16])
  func balanced(count: Int) throws {
    let cases = try Conformance.Suite.embedded().cases
    let parts = try (1...count).map { try #require(Shard(index: $0, count: count)).cases(of: cases) }
    let sizes = parts.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    let time = { (cases: [Case]) in cases.reduce(Duration.zero) { $0 + $1.idleTime(silence: .milliseconds(250)) } }
    let times = parts.map(time)
    let longest = cases.map { time([$0]) }.max() ?? .zero
    #expect((times.max() ?? .zero) - (times.min() ?? .zero) <= longest)
  }

  @Test("the split depends on the cases alone, not on their order")
  func deterministic() throws {
    let cases = try Conformance.Suite.embedded().cases
    let part = try #require(Shard("2/5"))
    #expect(Set(part.cases(of: cases).map(\.id)) == Set(part.cases(of: cases.reversed()).map(\.id)))
  }
}
