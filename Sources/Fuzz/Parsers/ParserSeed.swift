import Wire

/// An input of a parser as the corpus of a campaign keeps it: the target's name, a line feed, and the octets.
package struct ParserSeed: Sendable, Hashable {
  /// The name of the target that it is for.
  package let target: String
  /// The octets.
  package let input: [UInt8]

  /// A seed.
  package init(_ target: String, _ input: [UInt8]) {
    self.target = target
    self.input = input
  }

  /// The seed in a file, or `nil` where that is none.
  package init?(file: [UInt8]) {
    guard let end = file.firstIndex(of: .lineFeed), end <= 40 else { return nil }
    target = String(decoding: file[..<end], as: UTF8.self)
    input = Array(file[(end + 1)...])
  }

  /// What its file holds.
  package var file: [UInt8] { Array(target.utf8) + [.lineFeed] + input }
}
