/// Reads what follows DATA's 354 up to its end, however it is cut, RFC 5321 §4.1.1.4 and §4.5.2.
package struct MailDataReader: Sendable {
  /// What a read did.
  package struct Progress: Sendable, Equatable {
    /// How many octets belong to the mail data, its end included.
    package let consumed: Int
    /// Whether the end of the mail data has been read.
    package let hasEnded: Bool

    package init(consumed: Int, hasEnded: Bool) {
      self.consumed = consumed
      self.hasEnded = hasEnded
    }
  }

  /// CRLF, a dot and CRLF: the only end of mail data there is.
  package static let endOfMailData: Octets = [.carriageReturn, .lineFeed, .dot, .carriageReturn, .lineFeed]

  /// The longest terminator that is looked for, in octets.
  package static let terminatorLimit = 8

  private struct Terminator: Sendable {
    let octets: UInt64
    let mask: UInt64
    let count: Int
    /// How many octets of it, those from its dot on, are not part of the message.
    let tail: Int
  }

  private let terminators: [Terminator]
  private let limit: Int
  /// The last eight octets; it begins with the CRLF that ended the DATA command.
  private var window: UInt64 = 0x0D0A
  private var raw: Octets = []
  private var tailOfEnd = 0

  /// How many octets were read, the end included.
  package private(set) var count = 0
  /// Whether the end of the mail data has been read.
  package private(set) var hasEnded = false

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - terminators: What ends the mail data, of 1 to 8 octets each. Anything but the default is a fault of the server:
  ///     the reference server has such faults on purpose.
  ///   - limit: How many octets of the data to keep; what comes after is read and forgotten.
  package init(terminators: [Octets] = [MailDataReader.endOfMailData], limit: Int = .max) {
    self.limit = limit
    self.terminators = terminators.filter { (1...MailDataReader.terminatorLimit).contains($0.count) }.map { octets in
      let dot = octets.firstIndex(of: .dot) ?? 0
      return Terminator(
        octets: octets.reduce(0) { $0 << 8 | UInt64($1) },
        mask: UInt64.max >> UInt64(64 - 8 * octets.count),
        count: octets.count,
        tail: octets.count - dot
      )
    }
  }

  /// Reads octets up to the end of the mail data; once that was read, it consumes nothing.
  package mutating func read(_ octets: Span<UInt8>) -> Progress {
    guard !hasEnded else { return Progress(consumed: 0, hasEnded: true) }
    var index = 0
    var window = window
    scan: while index < octets.count {
      window = window << 8 | UInt64(octets[index])
      index += 1
      for terminator in terminators where window & terminator.mask == terminator.octets {
        // The CRLF of the DATA command counts as two octets before the first.
        guard count + index + 2 >= terminator.count else { continue }
        hasEnded = true
        tailOfEnd = terminator.tail
        break scan
      }
    }
    self.window = window
    count += index
    let room = min(index, limit - raw.count)
    for place in 0..<room { raw.append(octets[place]) }
    return Progress(consumed: index, hasEnded: hasEnded)
  }

  /// Whether more octets came than the limit lets keep.
  package var isOverLimit: Bool { raw.count < count }

  /// The mail data as it was sent, dots still doubled, without the end; cut at the limit.
  package var data: ArraySlice<UInt8> {
    guard hasEnded, !isOverLimit else { return raw[...] }
    return raw.dropLast(tailOfEnd)
  }

  /// The message: the mail data with its doubled dots undone.
  package var message: Octets { DotStuffing.unstuff(data) }
}
