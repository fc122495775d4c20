import Wire

/// The command that starts a client, with places for what it is told.
package struct ClientCommand: Sendable, Equatable {
  /// What stands in the place of `{name}`.
  package enum Placeholder: String, Sendable, CaseIterable {
    /// The server's name or address.
    case host
    /// The server's port.
    case port
    /// The reverse-path without its brackets.
    case sender
    /// The forward-path without its brackets.
    case recipient
    /// The path of a file that holds the message.
    case message
    /// What the client logs in as.
    case user
    /// The password, whose octets are looked for in what comes in clear.
    case password
    /// The path of a PEM file with the certificate of the server.
    case ca
  }

  /// The program and its arguments, as they were given.
  package let words: [[UInt8]]

  /// A command.
  package init(_ words: [String]) { self.words = words.map { Array($0.utf8) } }

  /// Whether a place stands in it.
  package func has(_ placeholder: Placeholder) -> Bool {
    let place = Array("{\(placeholder.rawValue)}".utf8)
    return words.contains { word in word.indices.contains { word[$0...].starts(with: place) } }
  }

  /// The arguments with their values; a NUL, which no argument can have, is left out.
  func arguments(_ values: [Placeholder: [UInt8]]) -> [[UInt8]] {
    words.map { word in
      var result: [UInt8] = []
      var rest = word[...]
      while let octet = rest.first {
        if octet == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
          let placeholder = Placeholder(rawValue: String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)),
          let value = values[placeholder]
        {
          result += value.filter { $0 != .nul }
          rest = rest[(end + 1)...]
        } else {
          result.append(octet)
          rest = rest.dropFirst()
        }
      }
      return result
    }
  }
}
