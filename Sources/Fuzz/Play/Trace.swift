package import Dialogue
package import Transport
package import Wire

/// One unit and the reply to it.
///
/// What many oracles ask is found out once, when the reply comes.
package struct Turn: Sendable {
  /// What was sent.
  package let unit: Unit
  /// Where the session stood.
  package let before: SessionState
  /// What was offered in the last EHLO.
  package let keywords: Set<String>
  /// The reply.
  package let reply: Reply
  /// Its number on its connection, from 0 for the greeting.
  package let place: Int
  /// Whether the reply came before all of the unit had been sent.
  package var isEarly = false
  /// Whether odd input was answered before, so that the reply may belong to a part of that.
  package var followsOddInput = false
  /// Whether the unit is a line that the grammar has, as far as that is known.
  var isWellFormed = false
  /// Whether nobody can know where the transaction stood before it.
  package let isIndeterminate: Bool
  /// Whether the reply promises what the state does not have.
  package let promisesTooMuch: Bool

  /// A unit that was answered.
  ///
  /// - Parameters:
  ///   - unit: What was sent.
  ///   - before: Where the session stood.
  ///   - keywords: What was offered in the last EHLO.
  ///   - reply: The reply.
  ///   - place: Its number on its connection.
  ///   - isIndeterminate: Whether nobody can know where the transaction stood before it.
  init(unit: Unit, before: SessionState, keywords: Set<String>, reply: Reply, place: Int, isIndeterminate: Bool) {
    self.unit = unit
    self.before = before
    self.keywords = keywords
    self.reply = reply
    self.place = place
    self.isIndeterminate = isIndeterminate
    promisesTooMuch = unit.isPromisedTooMuch(by: reply.code, in: before)
  }

  /// Whether the reply is sure to belong to the unit.
  var isSound: Bool { !isEarly && !followsOddInput }
}

/// How a connection ended, seen from us.
package enum Fate: Sendable, Equatable {
  /// We ended it, or it could have gone on.
  case open
  /// 221 to QUIT.
  case quit
  /// 421, to whatever.
  case shutDown
  /// The server closed it, and owed no reply.
  case closed
  /// The server closed it, and owed a reply to this unit.
  case lost(Unit)
  /// No reply came in time to this unit.
  case silent(Unit)
  /// A reply that is too long to be one, or octets that are none.
  case unreadable(Unit?)
  /// The TLS handshake failed.
  case handshakeFailed
  /// The server did not let us connect.
  case refused(TransportError)
  /// We stopped: interrupted, or the system failed.
  case stopped

  /// A word for signatures.
  package var word: String {
    switch self {
    case .open: "open"
    case .quit: "quit"
    case .shutDown: "shut-down"
    case .closed: "closed"
    case .lost: "lost"
    case .silent: "silent"
    case .unreadable: "unreadable"
    case .handshakeFailed: "handshake-failed"
    case .refused: "refused"
    case .stopped: "stopped"
    }
  }
}

/// What went over one connection, in units and replies.
package struct ConnectionTrace: Sendable {
  /// The units that were answered, in order.
  package var turns: [Turn] = []
  /// Octets in a reply's place that are none, and the unit they came for.
  package var malformed: (octets: [UInt8], unit: Unit?)?
  /// A reply that came when none was owed, and the unit before it.
  package var stray: (reply: Reply, after: Unit?)?
  /// A stray reply came in TLS, where octets in clear had been sent behind STARTTLS.
  package var strayFollowsClearOctets = false
  /// The unit that was sent in part when a reply came for it all the same.
  package var earlyOctets: [UInt8]?
  /// How it ended.
  package var fate = Fate.open
  /// Whether the unit that drew nothing was sent in one go with others that were answered, refused perhaps.
  package var endsBehindOthers = false
  /// Whether the last octets that were sent begin a unit that is not whole.
  package var endsMidUnit = false
  /// Whether more was sent behind the unit that drew nothing.
  package var hasMoreBehind = false
  /// Whether something was sent that some servers take for more than one unit, so that of what is answered behind it nothing is sure.
  ///
  /// It is a line with a bare CR or LF, or too long a one, or mail data with a bare CR or LF.
  package var hasOddInput = false
  /// Where the session stood at the end.
  package var state = SessionState()
  /// Whether mail data had a CR or an LF that stands alone, which may have ended it too early.
  package var hasOddData = false
  /// Whether mail data was sent in one go with DATA.
  package var hasHastyData = false
  /// Whether, from some place on, replies can no longer be told to belong to units.
  package var isOutOfStep = false
  /// Whether we closed or reset our direction, or ended TLS, so that the server may close when it likes.
  package var weEnded = false
  /// Whether TLS ran at its end.
  package var isEncrypted = false
  /// Whether it stayed open behind the 221 to QUIT, for as long as we waited.
  package var lingers = false
  /// Whether the server is one of LMTP.
  package var isLMTP = false
  /// What went over the wire.
  package var transcript: Transcript?
  /// What was offered in the last EHLO.
  package var keywords: Set<String> = []

  /// Whether the server took something else for STARTTLS, DATA or AUTH, so that it does not read what follows as commands.
  var isMisread: Bool {
    turns.dropFirst().contains { turn in
      switch turn.reply.code.value {
      case 220: turn.unit.exchange != .command(.starttls)
      case 334: turn.unit.exchange != .command(.auth)
      case 354: turn.unit.exchange != .command(.data)
      default: false
      }
    }
  }

  /// Whether the 221 that never came may have been on its way: a connection that is closed with octets unread is reset.
  var losesFarewell: Bool {
    guard case .lost(let unit) = fate else { return false }
    return hasMoreBehind && unit.exchange == .command(.quit)
  }

  /// Whether what is known of it can be judged by the rules of the protocol.
  package var isInStep: Bool { !isOutOfStep && stray == nil && malformed == nil && earlyOctets == nil }
}

/// What came of one script.
package struct Trace: Sendable {
  /// Its connections, in order.
  package var connections: [ConnectionTrace] = []
  /// Whether another connection was served while this one was silent; `nil` where nobody looked.
  package var othersAreServed: Bool?

  /// The pairs of dialogue state and answer that it reached, each as a number.
  package var signatures: [UInt64] {
    var found: [UInt64] = []
    for connection in connections {
      for turn in connection.turns { found.append(turn.signature) }
      var signature = Signature()
      signature.add(connection.fate.word)
      signature.add(connection.turns.last.map { Int(truncatingIfNeeded: $0.signature) } ?? 0)
      signature.add(connection.stray == nil ? 0 : 1)
      signature.add(connection.malformed == nil ? 0 : 1)
      found.append(signature.value)
    }
    return found
  }
}

extension Turn {
  /// The dialogue state and what was answered in it, as a number.
  fileprivate var signature: UInt64 {
    var signature = Signature()
    signature.add(before.shape)
    signature.add(unit.word)
    signature.add(Int(reply.code.value))
    if let enhanced = reply.enhancedCode {
      signature.add(Int(enhanced.subject))
      signature.add(Int(enhanced.detail))
    }
    signature.add(isEarly ? 1 : 0)
    return signature.value
  }
}

extension SessionState {
  /// The state in a word, recipients counted to two.
  package var shape: String {
    let transaction =
      switch self.transaction {
      case .none: "idle"
      case .mail(let count): "mail\(min(count, 2))"
      case .data: "data"
      case .chunks: "chunks"
      }
    return "\(channel) \(hello) \(transaction)\(isEncrypted ? " tls" : "")\(isAuthenticated ? " auth" : "")"
  }
}
