import Foundation
import Synchronization
import Testing
import Wire

@testable import Fuzz

@Suite("Our parsers against the grammar")
struct ParserCampaignTests {
  @Test("Nothing is found that is not mended", arguments: [1, 2] as [UInt64])
  func silent(seed: UInt64) throws {
    var campaign = ParserCampaign(targets: try ParserCampaign.targets(), seed: seed)
    campaign.words = Seeds.words
    campaign.runs = 800
    let summary = campaign.run()
    for find in summary.finds {
      Issue.record("\(find.target): \(find.fault.rule.rawValue): \(find.fault.detail)\n  \(Escaped.show(find.input))")
    }
    #expect(summary.runs == 800)
    #expect(summary.outcomes > 150)
  }

  @Test("The same seed does the same on any number of workers")
  func replays() {
    let summaries = [1, 4, 7].map { workers in
      let log = TestTarget(faulty: false)
      var campaign = ParserCampaign(targets: [log, MailDataTarget()], seed: 42)
      campaign.words = Seeds.words
      campaign.workers = workers
      campaign.runs = 1_500
      let summary = campaign.run()
      return (summary, log.inputs.withLock { $0 })
    }
    for (summary, inputs) in summaries {
      #expect(summary == summaries[0].0)
      #expect(inputs == summaries[0].1)
      #expect(inputs.count > 500)
    }
  }

  @Test("A parser with a fault is found out, and the input is made small")
  func fires() {
    var campaign = ParserCampaign(targets: [TestTarget(faulty: true)], seed: 3)
    campaign.words = [Array("BDAT".utf8)]
    campaign.runs = 20_000
    let told = Mutex(0)
    let summary = campaign.run { _ in told.withLock { $0 += 1 } }
    #expect(summary.finds.map(\.input) == [Array("BDAT".utf8)])
    #expect(told.withLock { $0 } == 1)
  }

  @Test("What once found a fault finds none any more", arguments: Corpus.files(in: "regressions"))
  func regressions(file: URL) throws {
    let octets = try Corpus.octets(of: file)
    for target in try ParserCampaign.targets() {
      #expect(target.check(octets).faults == [], "\(target.name)")
      #expect(target.check(Array(octets.dropLast(2))).faults == [], "\(target.name), as a line")
    }
  }
}

/// A target that remembers what it was given, and may dislike one word.
private final class TestTarget: ParserTarget {
  let name = "test"
  let faulty: Bool
  let inputs = Mutex<Set<[UInt8]>>([])

  init(faulty: Bool) { self.faulty = faulty }

  func generate(using random: inout RunGenerator) -> [UInt8] { (0..<random.index(30)).map { _ in UInt8(random.index(256)) } }

  func check(_ input: [UInt8]) -> ParserVerdict {
    _ = inputs.withLock { $0.insert(input) }
    var verdict = ParserVerdict(faults: [], signature: UInt64(input.count / 4))
    if faulty, input.indices.contains(where: { input[$0...].starts(with: "BDAT".utf8) }) { verdict.fail(.offset, "BDAT") }
    return verdict
  }
}
