/// What went over a connection, octet for octet and with times, bounded: the head and the tail stay, the middle goes.
package struct Transcript: Sendable {
  /// One thing that happened.
  package struct Event: Sendable, Equatable {
    /// Since the connection was made.
    package let at: Duration
    package let content: Content
  }

  /// What happened.
  package enum Content: Sendable, Equatable {
    /// One write; under TLS the octets before their encryption.
    case sent([UInt8])
    /// One read; under TLS the octets after their decryption.
    case received([UInt8])
    /// Octets sent under the record layer of TLS.
    case sentRaw([UInt8])
    /// Octets received under the record layer, kept where TLS could make nothing of them.
    case receivedRaw([UInt8])
    /// A step of TLS.
    case tls(String)
    case note(String)
    case end(Ending)
    /// Here events are missing, because they would not have fitted.
    case omitted(events: Int, octets: Int)
  }

  /// How the connection, or one direction of it, ended.
  package enum Ending: String, Sendable, CaseIterable {
    case peerClosed = "the peer closed the connection"
    case peerReset = "the peer reset the connection"
    case halfClosed = "we closed our direction"
    case closed = "we closed the connection"
    case aborted = "we reset the connection"
  }

  private let began: Int64
  private var head = Part()
  private var tail = Part()
  private var headIsFull = false
  private let headLimit: Int
  private let tailLimit: Int
  private(set) package var omittedEvents = 0
  private(set) package var omittedOctets = 0

  /// An empty transcript whose time begins now.
  init(limit: Int) {
    began = MonotonicTime.now
    headLimit = limit / 2
    tailLimit = limit - headLimit
  }

  /// All that is kept, in order.
  package var events: [Event] {
    var events = head.events
    if omittedEvents > 0 || omittedOctets > 0 {
      let next = tail.firstTime ?? head.lastTime ?? 0
      events.append(Event(at: .nanoseconds(next), content: .omitted(events: omittedEvents, octets: omittedOctets)))
    }
    return events + tail.events
  }

  /// What the kept events cost, never more than one and a half times the limit it was made with.
  var cost: Int { head.cost + tail.cost }

  mutating func append(_ kind: Kind, _ octets: UnsafeRawBufferPointer) {
    let at = MonotonicTime.now &- began
    var rest = octets
    if !headIsFull {
      let room = headLimit - head.cost - Part.costOfEvent
      if rest.count <= room {
        head.append(kind, at, rest)
        return
      }
      headIsFull = true
      if room > 0 {
        head.append(kind, at, UnsafeRawBufferPointer(rebasing: rest[..<room]))
        rest = UnsafeRawBufferPointer(rebasing: rest[room...])
      }
    }
    if rest.count > tailLimit {
      let dropped = rest.count - tailLimit
      omittedOctets += dropped
      rest = UnsafeRawBufferPointer(rebasing: rest[dropped...])
    }
    tail.append(kind, at, rest)
    if tail.cost > 2 * tailLimit {
      let dropped = tail.drop(untilCostIsAtMost: tailLimit)
      omittedEvents += dropped.events
      omittedOctets += dropped.octets
    }
  }

  mutating func append(_ kind: Kind, _ octets: [UInt8]) {
    octets.withUnsafeBytes { append(kind, $0) }
  }

  mutating func note(_ text: String) {
    append(.note, Array(text.utf8))
  }

  mutating func tls(_ text: String) {
    append(.tls, Array(text.utf8))
  }

  mutating func end(_ ending: Ending) {
    append(.end, Array(ending.rawValue.utf8))
  }

  /// What an event's octets are.
  enum Kind: UInt8 {
    case sent
    case received
    case sentRaw
    case receivedRaw
    case tls
    case note
    case end
  }
}

extension Transcript {
  /// A run of events whose octets lie in one array, so that an event costs no allocation of its own.
  private struct Part: Sendable {
    static let costOfEvent = MemoryLayout<Record>.stride

    private struct Record: Sendable {
      let at: Int64
      let end: Int
      let kind: Kind
    }

    private var octets: [UInt8] = []
    private var records: [Record] = []

    var cost: Int { octets.count + records.count * Self.costOfEvent }
    var firstTime: Int64? { records.first?.at }
    var lastTime: Int64? { records.last?.at }

    mutating func append(_ kind: Kind, _ at: Int64, _ new: UnsafeRawBufferPointer) {
      if records.isEmpty {
        records.reserveCapacity(32)
        octets.reserveCapacity(1024)
      }
      octets.append(contentsOf: new)
      records.append(Record(at: at, end: octets.count, kind: kind))
    }

    mutating func drop(untilCostIsAtMost limit: Int) -> (events: Int, octets: Int) {
      var events = 0
      while events < records.count - 1, cost - records[events].end - (events + 1) * Self.costOfEvent > limit { events += 1 }
      events = min(events + 1, records.count - 1)
      guard events > 0 else { return (0, 0) }
      let cut = records[events - 1].end
      octets.removeFirst(cut)
      records = records[events...].map { Record(at: $0.at, end: $0.end - cut, kind: $0.kind) }
      return (events, cut)
    }

    var events: [Event] {
      var start = 0
      return records.map { record in
        defer { start = record.end }
        return Event(at: .nanoseconds(record.at), content: Content(record.kind, octets[start..<record.end]))
      }
    }
  }
}

extension Transcript.Content {
  fileprivate init(_ kind: Transcript.Kind, _ octets: ArraySlice<UInt8>) {
    switch kind {
    case .sent: self = .sent(Array(octets))
    case .received: self = .received(Array(octets))
    case .sentRaw: self = .sentRaw(Array(octets))
    case .receivedRaw: self = .receivedRaw(Array(octets))
    case .tls: self = .tls(String(decoding: octets, as: UTF8.self))
    case .note: self = .note(String(decoding: octets, as: UTF8.self))
    case .end:
      let text = String(decoding: octets, as: UTF8.self)
      self = Transcript.Ending(rawValue: text).map(Self.end) ?? .note(text)
    }
  }
}
