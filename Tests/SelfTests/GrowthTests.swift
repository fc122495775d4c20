import Foundation
import Synchronization
import Testing
import Transport
import Wire

@testable import Fuzz
@testable import ReferenceServer

/// A server in this process whose descriptors are counted by what it does: one more for each HELP, and none after a restart.
private final class CountingKeeper: ServerKeeping {
  let held = Atomic<Int>(0)

  func death() -> String? { nil }

  func restart() -> Bool {
    held.store(0, ordering: .relaxed)
    return true
  }

  func reading() -> ProcessReading? { ProcessReading(memory: 0, descriptors: held.load(ordering: .relaxed)) }

  /// HELP holds one more.
  var defect: Defect {
    Defect("holds-at-help", Defect.unspecified, "HELP holds a descriptor.") { [self] distortion in
      distortion.output = { [self] _, context in if context.verb == .help { held.add(1, ordering: .relaxed) } }
    }
  }
}

@Suite("Growth: the script by which a server grows")
struct GrowthTests {
  private static func campaign(_ keeper: CountingKeeper, _ defects: [Defect]) throws -> [FindingRecord] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("growth-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try FuzzedServer(defects: defects)
    defer { server.stop() }
    let store = try FindingStore(at: folder, resuming: false)
    var settings = ServerCampaign.Settings(seed: 3)
    settings.runs = 700
    settings.jobs = 2
    settings.minimizing = .seconds(6)
    settings.growth.descriptors = 16
    var player = server.player
    player.timing.silence = .milliseconds(20)
    _ = try ServerCampaign(player: player, settings: settings, store: store, keeper: keeper).run()
    return store.records
  }

  @Test("It is found among those that reached something, and made small")
  func finds() throws {
    let keeper = CountingKeeper()
    let records = try Self.campaign(keeper, [keeper.defect])
    let growth = try #require(records.first)
    #expect(records.count == 1 && growth.oracle == "growth" && growth.confidence == .firm, "\(records)")
    #expect(growth.input.uppercased().contains("HELP") && growth.input.utf8.count < 80, "\(growth.input)")
  }

  @Test("A server that holds nothing is not accused")
  func isSilent() throws {
    #expect(try Self.campaign(CountingKeeper(), []) == [])
  }
}
