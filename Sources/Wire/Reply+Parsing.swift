extension Reply {
  /// What a scan tells of one reply.
  package struct Scan: Sendable, Equatable {
    /// The last line's code.
    package var code: ReplyCode
    /// The reply's length in octets, line ends included.
    package var length: Int
    /// How many lines it has.
    package var lineCount: Int
    /// The kinds of fault met.
    package var faults: ReplyTolerance
  }

  /// What a scan tells of one line.
  struct LineScan {
    var code: UInt16
    var isLast: Bool
    /// One past the line's end.
    var end: Int
    var faults: ReplyTolerance
  }

  /// Finds the end of the reply at a position, with no allocation and tolerating every fault.
  ///
  /// - Parameters:
  ///   - octets: What has arrived.
  ///   - start: Where the reply begins.
  /// - Returns: Its code, length and kinds of fault, or `nil` while its last line has not ended.
  /// - Throws: ``ReplySyntaxError`` of kind `notAReply`, with an offset from the reply's front.
  package static func scan(_ octets: Span<UInt8>, from start: Int = 0) throws(ReplySyntaxError) -> Scan? {
    var position = start
    var firstCode: UInt16?
    var faults: ReplyTolerance.RawValue = 0
    var lineCount = 0
    while true {
      let line: LineScan
      if let plain = scanPlainLine(octets, from: position) {
        line = plain
      } else {
        guard let other = try scanLine(octets, from: position, replyStart: start) else { return nil }
        line = other
      }
      faults |= line.faults.rawValue
      lineCount &+= 1
      position = line.end
      if line.code != firstCode ?? line.code { faults |= ReplyTolerance.codeChange.rawValue }
      firstCode = firstCode ?? line.code
      guard line.isLast else { continue }
      let code = ReplyCode(unchecked: line.code)
      return Scan(code: code, length: position - start, lineCount: lineCount, faults: ReplyTolerance(rawValue: faults))
    }
  }

  /// Finds the end of a line without faults; `nil` stands for any other line and for one that has not ended.
  @inline(__always)
  private static func scanPlainLine(_ octets: Span<UInt8>, from start: Int) -> LineScan? {
    guard octets.count &- start >= 5 else { return nil }
    let hundreds = octets[start] &- .zero
    let tens = octets[start &+ 1] &- .zero
    let ones = octets[start &+ 2] &- .zero
    guard hundreds &- 2 <= 3, tens <= 5, ones <= 9 else { return nil }
    let separator = octets[start &+ 3]
    let isLast = separator != .hyphen
    guard !isLast || separator == .space || separator == .carriageReturn else { return nil }
    let end = octets.firstNonText(from: start &+ 3) &+ 2
    guard end <= octets.count, octets[end &- 2] == .carriageReturn, octets[end &- 1] == .lineFeed else { return nil }
    guard end &- start <= Limits.replyLine else { return nil }
    let code = UInt16(hundreds) &* 100 &+ UInt16(tens) &* 10 &+ UInt16(ones)
    return LineScan(code: code, isLast: isLast, end: end, faults: [])
  }

  /// Finds the end of one line.
  @inline(never)
  static func scanLine(_ octets: Span<UInt8>, from start: Int, replyStart: Int) throws(ReplySyntaxError) -> LineScan? {
    guard octets.count - start > 3 else {
      var index = start
      while index < octets.count {
        guard octets[index].isDigit else { throw ReplySyntaxError(.notAReply, at: index - replyStart) }
        index += 1
      }
      return nil
    }
    let hundreds = octets[start] &- .zero
    let tens = octets[start + 1] &- .zero
    let ones = octets[start + 2] &- .zero
    guard hundreds < 10, tens < 10, ones < 10 else {
      let offset = hundreds >= 10 ? 0 : tens >= 10 ? 1 : 2
      throw ReplySyntaxError(.notAReply, at: start - replyStart + offset)
    }
    var line = LineScan(code: UInt16(hundreds) * 100 + UInt16(tens) * 10 + UInt16(ones), isLast: true, end: 0, faults: [])
    if hundreds &- 2 > 3 || tens > 5 { line.faults.insert(.badCode) }

    switch octets[start + 3] {
    case .space, .carriageReturn, .lineFeed: break
    case .hyphen: line.isLast = false
    default: line.faults.insert(.badSeparator)
    }
    var index = start + 3
    while true {
      index = octets.firstNonText(from: index)
      guard index < octets.count else { return nil }
      switch octets[index] {
      case .carriageReturn:
        guard index + 1 < octets.count else { return nil }
        if octets[index + 1] == .lineFeed {
          line.end = index + 2
          if line.end - start > Limits.replyLine { line.faults.insert(.longLine) }
          return line
        }
        line.faults.insert(.bareCR)
      case .lineFeed:
        line.end = index + 1
        line.faults.insert(.bareLF)
        if line.end - start > Limits.replyLine { line.faults.insert(.longLine) }
        return line
      case .nul: line.faults.insert(.nul)
      case 0x80...: line.faults.insert(.eightBit)
      default: line.faults.insert(.control)
      }
      index += 1
    }
  }

  /// Reads one whole reply from the front of the received octets.
  ///
  /// - Parameters:
  ///   - octets: What has arrived and was not yet read; nothing is consumed.
  ///   - tolerance: The faults to record in ``faults`` instead of refusing the reply.
  /// - Returns: The reply and its length in octets, line ends included, or `nil` while its last line has not ended.
  /// - Throws: ``ReplySyntaxError`` at the first octet that no reply can have in that place, as soon as that octet is there.
  /// - SeeAlso: RFC 5321 §4.2, `Reply-line`.
  package static func parse(
    _ octets: Span<UInt8>,
    tolerating tolerance: ReplyTolerance = []
  ) throws(ReplySyntaxError) -> (reply: Reply, length: Int)? {
    var lines: [Line] = []
    var faults: [ReplyFault] = []
    var start = 0
    while true {
      let line = try scanLine(octets, from: start, replyStart: 0)
      if line == nil, tolerance == .everything { return nil }
      let end = line?.end ?? octets.count
      // A line that has not ended is judged too: what can never become a reply is refused at once.
      if line.map({ !$0.faults.isEmpty || $0.code != lines.first?.code.value }) ?? true {
        for fault in Reply.faults(in: octets, line: start..<end, hasEnded: line != nil, firstCode: lines.first?.code) {
          guard tolerance.contains(ReplyTolerance(fault.kind)) else {
            throw ReplySyntaxError(.fault(fault.kind), at: fault.offset)
          }
          faults.append(fault)
        }
      }
      guard let line else { return nil }
      lines.append(Reply.line(line, in: octets, from: start))
      start = line.end
      guard line.isLast else { continue }
      let reply = Reply(octets: octets.octets(0..<start), lines: lines, faults: faults, code: ReplyCode(unchecked: line.code))
      return (reply, start)
    }
  }

  private static func line(_ scan: LineScan, in octets: Span<UInt8>, from start: Int) -> Line {
    var textEnd = scan.end - 1
    if octets[textEnd - 1] == .carriageReturn { textEnd -= 1 }
    let hasSeparator = textEnd > start + 3 && (octets[start + 3] == .space || octets[start + 3] == .hyphen)
    let textStart = hasSeparator ? start + 4 : start + 3
    return Line(code: ReplyCode(unchecked: scan.code), isLast: scan.isLast, text: textStart..<textEnd, range: start..<scan.end)
  }

  /// The faults of one line in the order of their octets, the first of each kind.
  private static func faults(
    in octets: Span<UInt8>,
    line: Range<Int>,
    hasEnded: Bool,
    firstCode: ReplyCode?
  ) -> [ReplyFault] {
    guard line.count > 3 else { return [] }
    var seen: ReplyTolerance = []
    var faults: [ReplyFault] = []
    func note(_ kind: ReplyFault.Kind, _ offset: Int) {
      guard seen.insert(ReplyTolerance(kind)).inserted else { return }
      faults.append(ReplyFault(kind, at: offset))
    }
    let digits = (0..<3).map { UInt16(octets[line.lowerBound + $0] &- .zero) }
    let code = ReplyCode(unchecked: digits[0] * 100 + digits[1] * 10 + digits[2])
    if !code.isWellFormed { note(.badCode, line.lowerBound) }
    if let firstCode, firstCode != code { note(.codeChange, line.lowerBound) }
    for index in line.lowerBound + 3..<line.upperBound {
      if index - line.lowerBound == Limits.replyLine { note(.longLine, index) }
      let octet = octets[index]
      switch octet {
      case .carriageReturn:
        if index + 1 < octets.count, octets[index + 1] != .lineFeed { note(.bareCR, index) }
      case .lineFeed:
        if octets[index - 1] != .carriageReturn { note(.bareLF, index) }
      case .nul: note(.nul, index)
      case 0x80...: note(.eightBit, index)
      default: if !octet.isText { note(.control, index) }
      }
      if index == line.lowerBound + 3 {
        switch octet {
        case .space, .hyphen, .carriageReturn, .lineFeed: break
        default: note(.badSeparator, index)
        }
      }
    }
    return faults
  }
}
