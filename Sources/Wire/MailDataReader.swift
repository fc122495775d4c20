/// Reads what follows DATA's 354 up to its end, however it is cut, RFC 5321 §4.1.1.4 and §4.5.2.
package struct MailDataReader: Sendable {
  /// What a read did.
  package struct Progress: Sendable, Equatable {
    /// How many octets belong to the mail data, its end included.
    package let consumed: Int
    /// Whether the end of the mail data has been read.
    package let hasEnded: Bool

    /// Tells what was read, and whether that was the end.
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

    init(_ octets: Octets) {
      self.octets = octets.reduce(0) { $0 << 8 | UInt64($1) }
      mask = UInt64.max >> UInt64(64 - 8 * octets.count)
      count = octets.count
      tail = octets.count - (octets.firstIndex(of: .dot) ?? 0)
    }
  }

  /// The one that there is, made once.
  private static let standard = [Terminator(endOfMailData)]

  private let terminators: [Terminator]
  /// The octet that every terminator ends in, where there is one such.
  private let commonEnd: UInt8?
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
  /// - Parameter limit: How many octets of the data to keep; what comes after is read and forgotten.
  package init(limit: Int = .max) {
    self.limit = limit
    commonEnd = .lineFeed
    terminators = MailDataReader.standard
  }

  /// Makes a reader with ends of its own.
  ///
  /// - Parameters:
  ///   - terminators: What ends the mail data, of 1 to 8 octets each. Anything but ``endOfMailData`` is a fault of the server:
  ///     the reference server has such faults on purpose.
  ///   - limit: How many octets of the data to keep; what comes after is read and forgotten.
  package init(terminators: [Octets], limit: Int = .max) {
    self.limit = limit
    let ends = Set(terminators.compactMap(\.last))
    commonEnd = ends.count == 1 ? ends.first : nil
    self.terminators = terminators.filter { (1...MailDataReader.terminatorLimit).contains($0.count) }.map(Terminator.init)
  }

  /// Reads octets up to the end of the mail data; once that was read, it consumes nothing.
  package mutating func read(_ octets: Span<UInt8>) -> Progress {
    guard !hasEnded else { return Progress(consumed: 0, hasEnded: true) }
    var index = 0
    while let candidate = nextCandidate(octets, from: index) {
      index = candidate + 1
      let window = window(endingAt: candidate, of: octets)
      // The CRLF of the DATA command counts as two octets before the first.
      if let end = terminators.first(where: { window & $0.mask == $0.octets && count + index + 2 >= $0.count }) {
        hasEnded = true
        tailOfEnd = end.tail
        break
      }
    }
    if !hasEnded { index = octets.count }
    if index > 0 { window = window(endingAt: index - 1, of: octets) }
    count += index
    raw.append(octets, in: 0..<min(index, limit - raw.count))
    return Progress(consumed: index, hasEnded: hasEnded)
  }

  /// The next octet that a terminator may end with.
  private func nextCandidate(_ octets: Span<UInt8>, from index: Int) -> Int? {
    if let commonEnd { return octets.firstIndex(of: commonEnd, from: index) }
    return index < octets.count && !terminators.isEmpty ? index : nil
  }

  /// The eight octets up to and with one of these.
  private func window(endingAt index: Int, of octets: Span<UInt8>) -> UInt64 {
    var window = index < 7 ? window : 0
    for place in max(0, index - 7)...index { window = window << 8 | UInt64(octets[place]) }
    return window
  }

  /// Whether more octets came than the limit lets keep.
  package var isOverLimit: Bool { raw.count < count }

  /// The mail data as it was sent, dots still doubled, without the end; cut at the limit.
  package var data: ArraySlice<UInt8> {
    guard hasEnded, !isOverLimit else { return raw[...] }
    return raw.dropLast(tailOfEnd)
  }

  /// The message: the mail data with its doubled dots undone.
  package var message: Octets { DotStuffing.unstuff(data.span) }
}
