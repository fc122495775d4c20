import Foundation
import Testing
import Transport

@testable import Fuzz

@Suite("Processes that we start")
struct ChildProcessTests {
  private static func shell(_ text: String, environment: [String: String] = [:]) throws -> ChildProcess {
    try ChildProcess(["/bin/sh", "-c", text].map { Array($0.utf8) }, environment: environment)
  }

  private static let patience = Deadline.after(.seconds(60))

  @Test(
    "How it ends is told",
    arguments: [
      ("exit 0", ChildProcess.Ending.status(0)), ("exit 7", .status(7)), ("kill -SEGV $$", .signal(11)), ("kill -PIPE $$", .signal(13)),
    ])
  func endings(text: String, ending: ChildProcess.Ending) throws {
    #expect(try Self.shell(text).wait(until: Self.patience) == ending)
  }

  @Test("What it writes is kept, and it has no input")
  func output() throws {
    let process = try Self.shell("cat; echo out; echo err >&2; echo $GIVEN", environment: ["GIVEN": "variable"])
    #expect(process.wait(until: Self.patience) == .status(0))
    #expect(String(decoding: process.output, as: UTF8.self) == "out\nerr\nvariable\n")
  }

  @Test("A flood neither blocks it nor fills the memory; the first and the last of it stay")
  func flood() throws {
    let process = try Self.shell("echo first; head -c 3000000 /dev/zero; echo last")
    #expect(process.wait(until: Self.patience) == .status(0))
    #expect(process.output.count < 3 * OutputCollector.limit)
    #expect(process.output.starts(with: "first\n".utf8))
    #expect(process.output.suffix(5).elementsEqual("last\n".utf8))
  }

  @Test("What it leaves behind ends with it")
  func leftovers() throws {
    // The one that sleeps holds the output open.
    let process = try Self.shell("sleep 300 & echo $!")
    #expect(process.wait(until: Self.patience) == .status(0))
    let number = try #require(Int32(String(decoding: process.output, as: UTF8.self).trimmingCharacters(in: .newlines)))
    // A zombie that nobody waits for may stay; one that runs may not.
    let isGone = {
      let state = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
      return state.map { $0.contains(") Z ") } ?? true
    }
    let interrupt = Interrupt()
    while !isGone(), !Self.patience.hasPassed { _ = interrupt.wait(until: .after(.milliseconds(5))) }
    #expect(isGone())
  }

  @Test("It ends when it is to end")
  func kill() throws {
    let process = try Self.shell("sleep 300")
    #expect(process.wait(until: .after(.zero)) == nil)
    process.kill()
    #expect(process.wait(until: Self.patience) == .signal(SIGKILL))
  }

  @Test("What cannot be started says so")
  func failures() {
    #expect(throws: ChildProcess.StartFailure.self) { try ChildProcess([Array("/no/such/program".utf8)]) }
    #expect(throws: ChildProcess.StartFailure.self) { try ChildProcess([]) }
    #expect(throws: ChildProcess.StartFailure.self) { try ChildProcess([Array("/bin/true".utf8), [97, 0, 98]]) }
  }

  @Test(
    "A sanitizer's last word tells one crash from another",
    arguments: [
      (
        "==1==ERROR: AddressSanitizer: x\nSUMMARY: AddressSanitizer: heap-buffer-overflow a.c:3 in f\n",
        "AddressSanitizer: heap-buffer-overflow a.c:3 in f"
      ),
      ("a.c:3:1: runtime error: shift exponent 70 is too large\n", "shift exponent 70 is too large"),
      ("x.swift:1: Fatal error: Index out of range\n", "Fatal error: Index out of range"),
    ])
  func reports(text: String, summary: String) {
    #expect(SanitizerReport(in: Array(text.utf8))?.summary == summary)
    #expect(SanitizerReport(in: Array("all is well\n".utf8)) == nil)
  }
}
