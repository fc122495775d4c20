internal import EmbeddedCorpus

/// The corpus that the binary carries: seeds and dictionaries.
package enum Seeds {
  /// One file of it.
  package struct File: Sendable {
    /// Below `corpus/`, such as `seeds/server/C1.script`.
    package let path: String
    /// What it holds.
    package let octets: [UInt8]
  }

  /// The files below a folder of `corpus/`, in the order of their names.
  package static func files(in folder: String) -> [File] {
    (0..<embedded_corpus_count()).compactMap { index in
      let file = embedded_file_at(index)
      guard let path = file.path, let octets = file.octets else { return nil }
      let name = String(cString: path)
      guard name.hasPrefix(folder + "/") else { return nil }
      return File(path: name, octets: Array(UnsafeBufferPointer(start: octets, count: file.count)))
    }
  }

  /// The words of the dictionary for SMTP.
  package static let words = files(in: "dictionaries").flatMap { Words.read($0.octets) }

  /// The scripts that have broken servers.
  package static let scripts = files(in: "seeds/server").map { Script(decoding: $0.octets) }

  /// What has broken clients and servers, as input for parsers: replies, command lines and mail data.
  package static let forParsers: [ParserSeed] = {
    var seeds: [ParserSeed] = []
    let fits = { (octets: [UInt8]) in (1...1_000).contains(octets.count) }
    for script in files(in: "seeds/client").map({ Script(decoding: $0.octets) }) {
      for case .octets(let octets) in script.events where fits(octets) { seeds.append(ParserSeed("reply", octets)) }
    }
    for event in scripts.flatMap(\.events) {
      switch event {
      case .command(let line) where fits(line): seeds += [ParserSeed("command", line), ParserSeed("command-utf8", line)]
      case .data(let body, let end) where fits(body + end): seeds.append(ParserSeed("mail-data", body + end))
      default: break
      }
    }
    return seeds
  }()
}
