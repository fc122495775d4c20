extension Transcript {
  /// A run of events whose octets lie in one array, so that an event costs no allocation of its own.
  struct Part: Sendable {
    /// What an event costs besides its octets.
    static let costOfEvent = MemoryLayout<Record>.stride

    private struct Record: Sendable {
      let at: Int64
      /// Where its octets end; they begin where the last event's ended.
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

    /// Drops whole events from the front, the last one never.
    mutating func drop(untilCostIsAtMost limit: Int) -> (events: Int, octets: Int) {
      var events = 0
      var cut = 0
      while events < records.count - 1, cost - cut - events * Self.costOfEvent > limit {
        cut = records[events].end
        events += 1
      }
      guard events > 0 else { return (0, 0) }
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
