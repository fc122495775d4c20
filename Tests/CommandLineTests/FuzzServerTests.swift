import Foundation
import Testing

@Suite("smtpspec fuzz server, replay, minimize and diff")
struct FuzzServerTests {
  @Test("Nothing is found in the honest server: status 0; a defect is: status 1, with a folder to replay")
  func statuses() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let silent = try Tool.run(["fuzz", "server", "--runs", "60", "--seed", "1", "--output", "honest"], in: scratch.url)
    #expect(silent.status == 0, "\(silent.output) \(silent.errors)")
    let found = try Tool.run(
      ["fuzz", "server", "--defect", "replies-twice", "--runs", "200", "--seed", "1", "--first", "--output", "faulty"], in: scratch.url)
    #expect(found.status == 1, "\(found.output) \(found.errors)")
    #expect(found.output.contains("reply-count"))
    let folders = try FileManager.default.contentsOfDirectory(atPath: scratch.file("faulty/findings").path)
    let folder = try #require(folders.first { $0.hasPrefix("reply-count") })
    let again = try Tool.run(["replay", "faulty/findings/\(folder)", "--defect", "replies-twice"], in: scratch.url)
    #expect(again.status == 1)
    #expect(try Tool.run(["replay", "faulty/findings/\(folder)"], in: scratch.url).status == 0)
    let small = try Tool.run(
      ["minimize", "faulty/findings/\(folder)", "--defect", "replies-twice", "--oracle", "reply-count"], in: scratch.url)
    #expect(small.status == 0, "\(small.errors)")
    #expect(small.output.hasPrefix("smtpspec-script 1\n"))
    let refused = try Tool.run(["fuzz", "server", "--runs", "1", "--output", "faulty"], in: scratch.url)
    #expect(refused.status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == ["faulty", "honest"])
  }

  @Test("A campaign that is killed goes on with what it has")
  func survivesKill() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let process = Process()
    process.executableURL = try Tool.binary()
    process.arguments = ["fuzz", "server", "--defect", "replies-twice", "--seed", "3", "--time", "60s", "--output", "out"]
    process.currentDirectoryURL = scratch.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let log = scratch.file("out/divergences.jsonl")
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end, process.isRunning, ((try? Data(contentsOf: log)) ?? Data()).isEmpty { usleep(20_000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let before = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
    #expect(!before.isEmpty)
    let resumed = try Tool.run(
      ["fuzz", "server", "--defect", "replies-twice", "--runs", "20", "--seed", "4", "--resume", "--output", "out"], in: scratch.url)
    #expect([0, 1].contains(resumed.status), "\(resumed.errors)")
    let after = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
    #expect(Array(after.prefix(before.count)) == before)
  }

  @Test("A server that smtpspec starts and that dies: status 5, and the script that kills it")
  func deadServer() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let port = UInt16.random(in: 20_000...29_000)
    // A server of a few lines that ends at HELP, whatever else it is sent.
    let text = """
      import socketserver, os
      class H(socketserver.StreamRequestHandler):
          def handle(self):
              self.wfile.write(b'220 mx.example.test\\r\\n')
              for line in self.rfile:
                  verb = line[:4].upper()
                  if verb == b'HELP': os._exit(3)
                  self.wfile.write(b'221 bye\\r\\n' if verb == b'QUIT' else b'250 mx.example.test\\r\\n')
                  if verb == b'QUIT': return
      class S(socketserver.ThreadingTCPServer):
          allow_reuse_address = True
          daemon_threads = True
      S(('127.0.0.1', \(port)), H).serve_forever()
      """
    try scratch.write(text, to: "server.py")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") else { return }
    // It has so many faults that there would be time for no other.
    let others = [
      "command-grammar", "reply-code", "reply-count", "reply-grammar", "transaction", "hang", "segmentation", "pipelining", "letter-case",
      "side-command", "reset", "clear-or-tls", "data-or-bdat",
    ]
    let outcome = try Tool.run(
      [
        "fuzz", "server", "127.0.0.1:\(port)", "--server", "/usr/bin/python3 server.py", "--runs", "400", "--seed", "1", "--jobs", "2",
        "--time", "30s", "--timeout", "5s", "--output", "out",
      ] + others.flatMap { ["--without", $0] }, in: scratch.url)
    #expect(outcome.status == 5, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output.contains("the server dies: it ends with status 3"))
  }

  @Test("A server that grows: the script by which it does is found")
  func growth() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let address = "127.0.0.1:\(UInt16.random(in: 20_000...29_000))"
    let server = "\(try Tool.binary().path) serve --listen \(address) --defect leaks-descriptors"
    let outcome = try Tool.run(
      [
        "fuzz", "server", address, "--server", server, "--runs", "1500", "--seed", "1", "--jobs", "16", "--timeout", "20s", "--output",
        "out",
      ], in: scratch.url)
    #expect(outcome.status == 1, "\(outcome.output) \(outcome.errors)")
    let folders = try FileManager.default.contentsOfDirectory(atPath: scratch.file("out/findings").path)
    let folder = try #require(folders.first { $0.hasPrefix("growth") })
    let script = try String(contentsOf: scratch.file("out/findings/\(folder)/input.script"), encoding: .utf8)
    #expect(script.uppercased().contains("HELP"), "\(script)")
    #expect(outcome.output.contains("by this script"))
  }

  @Test("A campaign that goes on without a seed has the one it had, and begins behind its last run")
  func goesOn() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let first = try Tool.run(["fuzz", "server", "--runs", "20", "--seed", "77", "--output", "out"], in: scratch.url)
    let second = try Tool.run(["fuzz", "server", "--runs", "5", "--resume", "--output", "out"], in: scratch.url)
    #expect(first.status == 0 && second.status == 0, "\(second.errors)")
    #expect(second.output.contains("5 runs") && second.output.contains("seed 77"), "\(second.output)")
    let mark = try String(contentsOf: scratch.file("out/campaign.json"), encoding: .utf8)
    #expect(mark.contains("25") && mark.contains("77"))
  }

  @Test("Two copies of one server part nowhere")
  func diff() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let outcome = try Tool.run(["diff", "builtin", "builtin", "--runs", "30", "--seed", "2", "--output", "out"], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test(
    "Wrong usage",
    arguments: [
      ["fuzz", "server", "192.0.2.1:25"], ["fuzz", "server", "--without", "nothing"], ["replay", "no-such-file"], ["diff", "builtin"],
      ["fuzz", "server", "--server", "true"],
    ])
  func usage(arguments: [String]) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    #expect(try Tool.run(arguments, in: scratch.url).status == 2)
  }
}
