package import Wire

/// What a wait for octets came to.
package enum Arrival: Sendable, Equatable {
  /// So many octets more are unread.
  case octets(Int)
  /// The peer closed its direction, or under TLS said that it will send no more.
  case endOfStream
  case reset
  case timedOut
  case interrupted
  /// The unread buffer is at its limit.
  case full
  /// TLS or the system cannot go on.
  case failed(TransportError)
}

/// What a wait for a reply came to.
package enum ReplyArrival: Sendable, Equatable {
  /// A whole reply, its faults noted in it.
  case reply(Reply)
  /// Octets that can be no reply, and where they went wrong. They are consumed.
  case malformed([UInt8], ReplySyntaxError)
  /// The deadline passed; so many octets of an unfinished reply are unread.
  case silence(partialOctets: Int)
  case endOfStream
  case reset
  /// A reply past ``Session/Limits/replyOctets``. It stays unread.
  case tooLong
  case interrupted
  /// TLS or the system cannot go on.
  case failed(TransportError)
}
