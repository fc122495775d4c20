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
}
