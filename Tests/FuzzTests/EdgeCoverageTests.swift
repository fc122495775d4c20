import Foundation
import Testing
import Transport

@testable import Fuzz

@Suite("The edge map of a server")
struct EdgeCoverageTests {
  /// A coverage, and its map as a server has it.
  private final class Server {
    let coverage: EdgeCoverage
    let map: UnsafeMutablePointer<UInt8>

    init(size: Int = 4_096) throws {
      coverage = try EdgeCoverage(size: size, interrupt: Interrupt())
      let name = try #require(coverage.environment["__AFL_SHM_ID"].flatMap { Int32($0) })
      #expect(coverage.environment["AFL_MAP_SIZE"] == String(size))
      let address = shmat(name, nil, 0)
      try #require(address != UnsafeMutableRawPointer(bitPattern: -1))
      map = try #require(address).bindMemory(to: UInt8.self, capacity: size)
    }

    deinit { shmdt(map) }
  }

  @Test(
    "Counts fall into AFL's classes, a bit each",
    arguments: [
      (0, 0), (1, 1), (2, 2), (3, 4), (4, 8), (7, 8), (8, 16), (15, 16), (16, 32), (31, 32), (32, 64), (127, 64), (128, 128), (255, 128),
    ] as [(UInt8, UInt8)])
  func classes(count: UInt8, countClass: UInt8) {
    #expect(EdgeCoverage.countClass(of: count) == countClass)
  }

  @Test("What comes again is met, once and for all; another class of counts is new")
  func meets() throws {
    let server = try Server()
    server.coverage.begin()
    server.map[7] = 1
    server.map[4_095] = 200
    let fresh = server.coverage.fresh()
    #expect(fresh == [.init(edge: 7, countClass: 1), .init(edge: 4_095, countClass: 128)])
    server.coverage.begin()
    #expect(server.map[7] == 0)
    server.map[7] = 1
    #expect(server.coverage.confirm(fresh) == .edge)
    #expect(server.coverage.count == 2)
    server.coverage.begin()
    server.map[7] = 1
    #expect(server.coverage.fresh() == [])
    server.map[7] = 2
    let another = server.coverage.fresh()
    #expect(another == [.init(edge: 7, countClass: 2)])
    #expect(server.coverage.confirm(another) == .count)
    #expect(server.coverage.count == 2)
  }

  @Test("What never comes again is left alone after a while")
  func flickers() throws {
    let server = try Server()
    for round in 0..<20 {
      server.coverage.begin()
      server.map[9] = 1
      let fresh = server.coverage.fresh()
      #expect(fresh.isEmpty == (round >= 8))
      server.coverage.begin()
      #expect(server.coverage.confirm(fresh) == nil)
    }
  }

  @Test("The first octet is no edge: it says that the server has the map")
  func presence() throws {
    let server = try Server()
    #expect(!server.coverage.isUsed)
    server.map[0] = 1
    #expect(server.coverage.isUsed)
    #expect(server.coverage.fresh() == [])
    #expect(server.coverage.count == 0)
  }

  @Test("A server that writes without end holds nobody up")
  func noise() throws {
    let server = try Server()
    let map = UInt(bitPattern: server.map)
    let stop = Interrupt()
    let writer = try WorkerThread {
      let map = UnsafeMutablePointer<UInt8>(bitPattern: map)
      while !stop.isTriggered { map?[100] &+= 1 }
    }
    let time = ContinuousClock().measure { _ = server.coverage.fresh() }
    stop.trigger()
    writer.join()
    #expect(time < .seconds(5))
  }

  @Test("Nothing is left when the campaign is over", .enabled(if: FileManager.default.fileExists(atPath: "/proc/sysvipc/shm")))
  func leavesNothing() throws {
    let name = try EdgeCoverage(size: 64, interrupt: Interrupt()).environment["__AFL_SHM_ID"].flatMap { Int32($0) }
    #expect(shmat(try #require(name), nil, 0) == UnsafeMutableRawPointer(bitPattern: -1))
  }

  @Test("A map that is too small or too large is refused", arguments: [0, 63, 1 << 27, -1])
  func sizes(size: Int) {
    #expect(throws: EdgeFailure(message: "an edge map has 64 to 67108864 octets, not \(size)")) {
      try EdgeCoverage(size: size, interrupt: Interrupt())
    }
  }
}
