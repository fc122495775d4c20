/// What went over a connection, octet for octet and with times, bounded: the head and the tail stay, the middle goes.
package struct Transcript: Sendable {
  /// One thing that happened.
  package struct Event: Sendable, Equatable {
    /// Since the connection was made.
    package let at: Duration
    /// What happened.
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
    /// A remark, of ours or of the caller's.
    case note(String)
    /// An end of the connection or of one of its directions.
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
  /// Whole events that were dropped.
  private(set) package var omittedEvents = 0
  /// Octets that were dropped, those of whole events and those cut off.
  private(set) package var omittedOctets = 0

  /// An empty transcript whose time begins now; nothing is added where the limit is 0.
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
    guard tailLimit > 0 else { return }
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
