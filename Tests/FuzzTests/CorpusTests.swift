import Foundation
import Testing

@testable import Fuzz

/// The folders of `corpus/` in this checkout.
enum Corpus {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("corpus")

  static func files(in folder: String) -> [URL] {
    let files = try? FileManager.default.contentsOfDirectory(at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
    return (files ?? []).filter { !$0.lastPathComponent.hasPrefix(".") && !$0.hasDirectoryPath }.sorted { $0.path < $1.path }
  }

  static func octets(of file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }
}

@Suite("corpus/: what the fuzzer starts from")
struct CorpusTests {
  @Test("Every seed is a script without a line that says nothing", arguments: ["seeds/server", "seeds/client"])
  func seedsAreScripts(folder: String) throws {
    let files = Corpus.files(in: folder)
    #expect(files.count > 40)
    for file in files {
      let octets = try Corpus.octets(of: file)
      let (script, problems) = ScriptReader.read(octets)
      #expect(problems == [], "\(file.lastPathComponent)")
      #expect(!script.events.isEmpty)
      // Comments apart, a seed is written as we write it, so that a saved script shows as no change.
      let bare = octets.split(separator: 0x0A, omittingEmptySubsequences: false).filter { $0.first != UInt8(ascii: "#") }
      #expect(Array(script.text.utf8) == Array(bare.joined(separator: [0x0A])), "\(file.lastPathComponent)")
    }
  }

  @Test("Every item of the catalogue that is an input has its seed")
  func catalogueIsThere() {
    let names = ["server", "client"].flatMap { Corpus.files(in: "seeds/\($0)") }.map { $0.deletingPathExtension().lastPathComponent }
    let items = Set(names.compactMap { $0.split(separator: "-").first.map(String.init) })
    let wanted =
      (1...30).map { "C\($0)" } + (1...22).map { "D\($0)" } + (1...14).map { "B\($0)" } + (1...8).map { "A\($0)" }
      + [1, 2, 3, 4, 5, 7, 9].map { "T\($0)" } + (1...19).map { "R\($0)" } + [4, 5, 8].map { "I\($0)" }
    #expect(wanted.filter { !items.contains($0) } == [])
  }

  @Test("The binary carries every seed and the dictionary")
  func embedded() throws {
    for folder in ["seeds/server", "seeds/client", "dictionaries"] {
      let files = Corpus.files(in: folder)
      #expect(
        Seeds.files(in: folder).map(\.path)
          == files.map { "\(folder)/\($0.lastPathComponent)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      for (file, embedded) in zip(files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }, Seeds.files(in: folder)) {
        #expect(try Corpus.octets(of: file) == embedded.octets, "\(file.lastPathComponent)")
      }
    }
    #expect(Seeds.words.count > 150 && Seeds.words.contains(Event.endOfMailData))
  }

  @Test("The dictionary is of AFL's format")
  func dictionary() throws {
    let lines = String(decoding: try Corpus.octets(of: Corpus.root.appendingPathComponent("dictionaries/smtp.dict")), as: UTF8.self)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count > 150)
    for line in lines { #expect(line.wholeMatch(of: /[a-z0-9_]+="([ !#-\[\]-~]|\\\\|\\"|\\x[0-9a-f]{2})+"/) != nil, "\(line)") }
    #expect(Set(lines.map { $0.split(separator: "=").first }).count == lines.count)
  }
}
