import Foundation
import Synchronization
import Testing
import Transport
import Wire

@testable import Fuzz
@testable import ReferenceServer

@Suite("Campaigns against the reference server")
struct CampaignTests {
  private static func campaign(
    _ defects: [Defect] = [], seed: UInt64, runs: UInt64, jobs: Int = 2, stopsAtFirst: Bool = false, seeds: [Script] = []
  ) throws -> (summary: ServerCampaign.Summary, records: [FindingRecord], corpus: [Script]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("campaign-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try FuzzedServer(defects: defects)
    defer { server.stop() }
    let store = try FindingStore(at: folder, resuming: false)
    var settings = ServerCampaign.Settings(seed: seed)
    settings.runs = runs
    settings.jobs = jobs
    settings.words = Seeds.words
    settings.seeds = seeds
    settings.minimizing = .seconds(30)
    settings.stopsAtFirst = stopsAtFirst
    var player = server.player
    player.timing.silence = .milliseconds(30)
    let campaign = try ServerCampaign(player: player, settings: settings, store: store)
    let summary = campaign.run()
    return (summary, store.records, store.corpus())
  }

  @Test("The honest server is accused of nothing")
  func honest() throws {
    let (summary, records, corpus) = try Self.campaign(seed: 5, runs: 250)
    #expect(records == [])
    #expect(summary.runs == 250)
    #expect(summary.states > 60)
    #expect(corpus.count > 30)
    #expect(summary.failure == nil)
  }

  @Test("A planted defect is found from the grammar alone, and its script is small")
  func finds() throws {
    let (summary, records, _) = try Self.campaign([try Defect.named("accepts-rcpt-before-mail")], seed: 1, runs: 600, stopsAtFirst: true)
    #expect(records.contains { $0.oracle == "transaction" && $0.summary.hasPrefix("RCPT ") }, "\(records)")
    #expect(summary.firstFinding != nil)
    #expect(records.allSatisfy { $0.input.utf8.count < 200 })
  }

  @Test("A fault that misses one time in six is found nearly always, whichever time that is")
  func flickers() throws {
    let help = [Script([.command(Array("HELP".utf8)), .wait])]
    let found = try (0..<6).filter { phase in
      let count = Atomic<Int>(phase)
      let defect = Defect("helps-at-times", Defect.unspecified, "HELP draws 354, five times of six.") { distortion in
        distortion.output = { octets, context in
          guard context.verb == .help, count.add(1, ordering: .relaxed).newValue % 6 != 0 else { return }
          octets = Array("354 go on\r\n".utf8)
        }
      }
      let records = try Self.campaign([defect], seed: 1, runs: 1, jobs: 1, seeds: help).records
      return records.map(\.summary) == ["HELP before EHLO draws 354"]
    }
    // It is played three times before it is believed.
    #expect(found.count >= 3, "\(found)")
  }

  @Test("The same seed plays the same on any number of workers")
  func replays() throws {
    let runs = try [1, 4].map { try Self.campaign(seed: 77, runs: 160, jobs: $0) }
    #expect(runs[0].summary.states == runs[1].summary.states)
    #expect(runs[0].corpus == runs[1].corpus)
  }

  @Test("What is met too late to be confirmed stays pending, and a campaign that goes on confirms it")
  func keepsPending() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("campaign-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try FuzzedServer(defects: [.neverAnswersHelp])
    defer { server.stop() }
    var player = server.player
    player.timing.reply = .seconds(4)
    var settings = ServerCampaign.Settings(seed: 1)
    settings.deadline = .after(.milliseconds(50))
    settings.seeds = [Script([.command(Array("HELP".utf8)), .wait])]
    let store = try FindingStore(at: folder, resuming: false)
    let began = ContinuousClock.now
    _ = try ServerCampaign(player: player, settings: settings, store: store).run()
    #expect(ContinuousClock.now - began < .seconds(15))
    #expect(store.records == [] && store.pending().count == 1)
    let mark = try #require(store.mark)
    #expect(mark == CampaignMark(seed: 1, run: 1))
    settings.seeds = []
    settings.deadline = .never
    (settings.firstRun, settings.runs) = (mark.run, 1)
    settings.minimizing = .milliseconds(1)
    player.timing.reply = .milliseconds(400)
    let summary = try ServerCampaign(player: player, settings: settings, store: store).run()
    #expect(summary.runs == 1)
    #expect(store.records.map(\.oracle) == ["hang"] && store.records.map(\.run) == [1])
    #expect(store.pending() == [] && store.mark == CampaignMark(seed: 1, run: 2))
  }

  @Test("Scripts on which an honest server was accused once are silent", arguments: Regressions.all)
  func regressions(file: URL) throws {
    let server = try FuzzedServer()
    defer { server.stop() }
    let script = Script(decoding: Array(try Data(contentsOf: file)))
    let outcome = Replay(player: server.player, recipients: []).play(script, withRelations: true)
    #expect(outcome.suspicions == [])
  }

  @Test("Minimising keeps what the oracle has against the server")
  func minimizes() throws {
    let server = try FuzzedServer(defects: [try Defect.named("accepts-rcpt-before-mail")])
    defer { server.stop() }
    let script = Script(
      ["EHLO client.example.org", "NOOP", "HELP", "RCPT TO:<alice@example.test>", "RSET"].flatMap { [.command(Array($0.utf8)), .wait] })
    let replay = Replay(player: server.player, recipients: [])
    let small = try #require(replay.minimize(script, oracle: "transaction", deadline: .after(.seconds(30))))
    #expect(small.suspicion.oracle == "transaction")
    #expect(small.script.events.filter(\.sends).count <= 2)
    #expect(replay.minimize(Script([.command(Array("NOOP".utf8)), .wait]), oracle: nil, deadline: .never) == nil)
  }

  @Test("Two servers that differ part where they differ, and one does not part from itself")
  func divergences() throws {
    let honest = try FuzzedServer()
    let faulty = try FuzzedServer(defects: [try Defect.named("accepts-rcpt-before-mail")])
    defer {
      honest.stop()
      faulty.stop()
    }
    let script = Script(["EHLO t", "RCPT TO:<alice@example.test>"].flatMap { [.command(Array($0.utf8)), .wait] })
    func traces(_ servers: [FuzzedServer]) -> [Trace] { servers.map { $0.player.play(script, Placeholders(session: 1)) } }
    #expect(Divergence.all(in: traces([honest, honest])) == [])
    let found = Divergence.all(in: traces([honest, faulty]))
    #expect(found.map(\.clause) == ["RFC 5321 §4.1.1.3"])
    #expect(found.first?.summary.hasSuffix("wrong by the section: 2") == true, "\(found)")
  }
}

/// Scripts on which an oracle once accused an honest server.
private enum Regressions {
  static var all: [URL] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../corpus/regressions/server")
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "script" }.sorted { $0.path < $1.path }
  }
}
