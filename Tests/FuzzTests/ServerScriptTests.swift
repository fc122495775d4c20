import Testing
import Wire

@testable import Fuzz

@Suite("What a server says, as it stands in a corpus")
struct ServerScriptTests {
  @Test("Every seed reads, and what is written reads back as the same", arguments: Seeds.files(in: "seeds/client").map(\.path))
  func roundTrip(path: String) throws {
    let file = try #require(Seeds.files(in: "seeds/client").first { $0.path == path })
    let script = ServerScript(Script(decoding: file.octets))
    #expect(!script.turns.isEmpty && script.turns.contains { !$0.isHonest })
    #expect(ServerScript(Script(decoding: Array(script.script.text.utf8))) == script)
  }

  @Test("Segments, endings and arguments are kept")
  func all() {
    var script = ServerScript()
    script.turns = [
      ServerScript.Turn(), ServerScript.Turn(segments: [Array("250".utf8), Array(" ok\r\n".utf8)], ending: .reset),
      ServerScript.Turn(segments: [], ending: .halfClose),
    ]
    script.arguments = [.sender: Array("a\r\nb".utf8), .message: []]
    #expect(ServerScript(Script(decoding: Array(script.script.text.utf8))) == script)
  }

  @Test("Places in a command are filled, and what is none stays")
  func command() {
    let command = ClientCommand(["{host}:{port}", "{nothing}", "{", "a{sender}b", "{message"])
    let filled = command.arguments([.host: Array("h".utf8), .port: Array("1".utf8), .sender: [1, 0, 2]])
    #expect(filled == [Array("h:1".utf8), Array("{nothing}".utf8), Array("{".utf8), [97, 1, 2, 98], Array("{message".utf8)])
    #expect(command.has(.sender) && !command.has(.ca))
  }

  @Test("What is made keeps its bounds, whatever chance says", arguments: 0..<20 as Range<UInt64>)
  func mutations(run: UInt64) throws {
    let mutator = try ServerScriptMutator(for: ClientCommand(["{sender}", "{port}"]), words: Seeds.words)
    var random = RunGenerator(seed: 7, run: run)
    var script = mutator.make(using: &random)
    for _ in 0..<50 { script = mutator.mutate(script, other: mutator.make(using: &random), using: &random) }
    #expect(script.turns.count <= 24)
    #expect(ServerScript(Script(decoding: Array(script.script.text.utf8))) == script)
  }
}
