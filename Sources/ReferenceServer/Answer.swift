import Wire

/// A reply as the server decides on it, before it becomes octets.
///
/// - SeeAlso: RFC 5321 §4.2, RFC 2034 §4.
package struct Answer: Sendable, Equatable {
  /// The subject and detail of an enhanced status code; its class is always the first digit of the reply code (RFC 2034 §4).
  package struct Status: Sendable, Equatable {
    /// The second number.
    package var subject: Int
    /// The third number.
    package var detail: Int

    /// A status of these numbers.
    package init(_ subject: Int, _ detail: Int) {
      self.subject = subject
      self.detail = detail
    }
  }

  /// The longest reply line in octets, its CRLF included (RFC 5321 §4.5.3.1.5).
  package static let lineLimitInOctets = 512

  /// The longest line of a challenge in octets, its CRLF included (RFC 4954 §4).
  package static let challengeLimitInOctets = 12_288

  /// The reply code, three digits.
  package var code: Int
  /// What the text begins with where enhanced codes are offered; `nil` for greetings, HELO, EHLO and 3yz.
  package var status: Status?
  /// The text of each line: at least one, no line ends.
  package var lines: [[UInt8]]
  /// Whether the client takes UTF-8 in this reply (RFC 6531 §3.7.4).
  package var isInternationalized = false

  /// A reply of several lines.
  package init(_ code: Int, _ status: Status?, _ lines: [String]) {
    self.init(code, status, octets: lines.map { Array($0.utf8) })
  }

  /// A reply of one line.
  package init(_ code: Int, _ status: Status?, _ line: String) {
    self.init(code, status, octets: [Array(line.utf8)])
  }

  /// A reply whose text is octets.
  package init(_ code: Int, _ status: Status?, octets lines: [[UInt8]]) {
    self.code = code
    self.status = status
    self.lines = lines
  }

  /// The reply's octets: one line an entry, each with the code, and with the enhanced code if there is one.
  ///
  /// What no reply may hold (controls, octets above 126 unless the client takes UTF-8) becomes `?`, and a text that would pass the limit is
  /// cut.
  package func octets(withStatus offersStatus: Bool) -> [UInt8] {
    var octets: [UInt8] = []
    for (index, line) in lines.enumerated() {
      let start = octets.count
      octets += "\(code)\(index == lines.count - 1 ? " " : "-")".utf8
      if offersStatus, let status { octets += "\(code / 100).\(status.subject).\(status.detail) ".utf8 }
      let room = (code == 334 ? Self.challengeLimitInOctets : Self.lineLimitInOctets) - 2 - (octets.count - start)
      for octet in line.prefix(room) {
        let isAllowed = octet.isText || (isInternationalized && octet >= 0x80)
        octets.append(isAllowed ? octet : UInt8(ascii: "?"))
      }
      octets += [0x0D, 0x0A]
    }
    return octets
  }
}
