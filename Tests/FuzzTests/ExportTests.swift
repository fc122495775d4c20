import Foundation
import Testing

@testable import Fuzz

@Suite("ShellReproducer: a script for who has no smtpspec")
struct ShellReproducerTests {
  @Test("The shell sends the octets of the script, whatever they are")
  func octets() throws {
    let octets = Array(UInt8.min ... .max) + Array("'%s\\n$(x)".utf8)
    let script = Script([
      .command(Array("EHLO a".utf8)), .wait, .octets(octets), .wait, .chunk(declared: nil, isLast: true, octets: [0x41]),
    ])
    // A netcat that writes down what it is given.
    let text = ShellReproducer(script, host: "127.0.0.1", port: 2525).text
      .replacing("sleep 0.5", with: "true").replacing("sleep 1", with: "true").replacing(#"nc "$host" "$port""#, with: "cat")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", text]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let sent = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    #expect(sent == script.connections[0])
  }

  @Test("What a shell cannot do is said")
  func lossIsNamed() {
    let text = ShellReproducer(
      Script([.command([0x41]), .startTLS(before: [0x42], after: []), .command([0x43]), .reset]), host: "$(rm)", port: 25
    ).text
    #expect(text.contains("# left out: octets in clear around the ClientHello"))
    #expect(text.contains("openssl s_client -quiet -starttls smtp"))
    #expect(!text.contains("rm"))
  }
}
