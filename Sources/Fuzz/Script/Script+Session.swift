import Wire

extension Script {
  /// Takes the octets that a client sent on one connection, in clear, as a script that sends the same.
  ///
  /// Lines become commands; what follows DATA up to its end becomes mail data, what follows a BDAT its chunk, and a wait stands where
  /// a client in step would wait. Nothing is lost: ``connections`` gives the octets back.
  public init(session octets: [UInt8]) {
    var importer = SessionImporter(octets: octets[...])
    self.init(importer.events())
  }

  /// Takes a file of AFLNet: messages, each behind its length in four octets, lowest first.
  ///
  /// Each is one write, and a length that says more than there is takes what there is.
  public init(aflnet octets: [UInt8]) {
    var events: [Event] = []
    var rest = octets[...]
    while !rest.isEmpty {
      let head = rest.prefix(4)
      let length = head.count < 4 ? 0 : head.reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      if !events.isEmpty, events.last != .wait { events.append(.wait) }
      var importer = SessionImporter(octets: rest.prefix(length), isOneWrite: true)
      events += importer.events()
      rest = rest.dropFirst(length)
    }
    self.init(events)
  }
}

/// Cuts the octets of a session into events.
private struct SessionImporter {
  var octets: ArraySlice<UInt8>
  /// Whether all of it was one write, so that no wait stands inside.
  var isOneWrite = false

  mutating func events() -> [Event] {
    var events: [Event] = []
    while !octets.isEmpty {
      guard let lineFeed = octets.firstIndex(of: .lineFeed) else {
        events.append(.octets(Array(octets)))
        break
      }
      let line = Array(octets[octets.startIndex..<lineFeed])
      octets = octets[(lineFeed + 1)...]
      guard line.last == .carriageReturn else {
        events.append(.octets(line + [.lineFeed]))
        wait(&events)
        continue
      }
      take(Array(line.dropLast()), into: &events)
    }
    return events
  }

  private mutating func take(_ line: [UInt8], into events: inout [Event]) {
    if let chunk = chunk(line) {
      events.append(chunk)
    } else if line.elementsEqual("STARTTLS".utf8) {
      events.append(.startTLS(before: [], after: []))
    } else {
      events.append(.command(line))
      guard line.matchesIgnoringCase("DATA".utf8), let data = mailData() else { return wait(&events) }
      wait(&events)
      events.append(data)
    }
    wait(&events)
  }

  /// A chunk that is all there and whose line is written as we write it.
  private mutating func chunk(_ line: [UInt8]) -> Event? {
    guard case .bdat(let size, let isLast)? = try? Command.parse(line: line, tolerating: .strict), size <= octets.count,
      Event.chunkHead(nil, isLast, count: size) == line + [.carriageReturn, .lineFeed]
    else { return nil }
    defer { octets = octets.dropFirst(size) }
    return .chunk(declared: nil, isLast: isLast, octets: Array(octets.prefix(size)))
  }

  /// The mail data up to its end, if it has one.
  private mutating func mailData() -> Event? {
    let short = Array(Event.endOfMailData.dropFirst(2))
    if octets.starts(with: short) {
      octets = octets.dropFirst(3)
      return .data(body: [], end: short)
    }
    var reader = MailDataReader(limit: 0)
    let progress = reader.read(Array(octets).span)
    guard progress.hasEnded else { return nil }
    defer { octets = octets.dropFirst(progress.consumed) }
    return .data(body: Array(octets.prefix(progress.consumed - 5)), end: Event.endOfMailData)
  }

  private func wait(_ events: inout [Event]) {
    if !isOneWrite { events.append(.wait) }
  }
}
