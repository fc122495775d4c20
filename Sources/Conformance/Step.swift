package import Transport
package import Wire

/// One thing a case does, and what it expects of it.
package struct Step: Sendable {
  /// The line in the spec file, from 1.
  package let line: Int
  /// What is done; `nil` where the step only waits.
  package let action: Action?
  /// What is expected of it.
  package let judgement: Judgement
  /// The time the step has, where it says so.
  package let within: Duration?
  /// How often it is done, one after the other.
  package let times: Int
  /// The fixture that says how often instead, where one does.
  package let timesOf: Fixture?
  /// The connection's name, `main` where the step names none.
  package let connection: String
  /// How its octets are cut, where the step says so; else as the case says.
  package let segmentation: Segmentation?

  /// What a step does.
  package enum Action: Sendable {
    case send([Template])
    /// A reply of ours, where the peer is the client: lines with their CRLFs.
    case reply(Template)
    case startTLS(Handshake)
    case tlsRaw(Template)
    case closeNotify
    case halfClose
    case reset
    case pause(Duration)
    case sasl(SASLStep)
    /// We are an honest server until the peer comes to a point.
    case serve(ServeStep)
    /// The peer's next connection.
    case await
  }

  /// How a step begins TLS.
  package struct Handshake: Sendable {
    /// What is sent in clear in the same write.
    package var after: Template?
    /// The oldest version offered, where the step says so.
    package var minimum: TLSVersion?
    /// The newest version offered, where the step says so.
    package var maximum: TLSVersion?
    /// An OpenSSL cipher list for TLS 1.2 and older, where the step says so.
    package var ciphers: String?
  }

  /// What the observations of a step are held against: one entry a reply.
  package enum Judgement: Sendable {
    case nothing
    case assume([Pattern])
    case expect([Pattern], accept: [Pattern], tolerate: [Pattern])

    /// How many observations the step makes.
    package var count: Int {
      switch self {
      case .nothing: 0
      case .assume(let patterns): patterns.count
      case .expect(let patterns, _, _): patterns.count
      }
    }
  }
}

/// Octets with fixtures in them.
package struct Template: Sendable, Equatable {
  /// In the order in which they are joined.
  package var parts: [Part]

  /// A piece of a template.
  package enum Part: Sendable, Equatable {
    case octets([UInt8])
    case fixture(Fixture)
    case repeated([Part], times: Int)
    /// BDAT with the count of these octets, and the octets (RFC 3030 §2).
    case chunk([Part], isLast: Bool)
    /// The base64 of what the parts make (RFC 4648 §4).
    case base64([Part])
  }

  /// The fixtures it names.
  package var fixtures: Set<Fixture> {
    var found: Set<Fixture> = []
    Self.collect(parts, into: &found)
    return found
  }

  private static func collect(_ parts: [Part], into found: inout Set<Fixture>) {
    for part in parts {
      switch part {
      case .octets: break
      case .fixture(let fixture): found.insert(fixture)
      case .repeated(let inner, _), .chunk(let inner, _), .base64(let inner): collect(inner, into: &found)
      }
    }
  }

  /// The octets, fixtures filled in; a fixture without a value leaves nothing.
  package func filled(with values: (Fixture) -> [UInt8]?) -> [UInt8] {
    var octets: [UInt8] = []
    Self.fill(parts, into: &octets, with: values)
    return octets
  }

  private static func fill(_ parts: [Part], into octets: inout [UInt8], with values: (Fixture) -> [UInt8]?) {
    for part in parts {
      switch part {
      case .octets(let some): octets += some
      case .fixture(let fixture): octets += values(fixture) ?? []
      case .repeated(let inner, let times):
        var once: [UInt8] = []
        fill(inner, into: &once, with: values)
        octets.reserveCapacity(octets.count + once.count * times)
        for _ in 0..<times { octets += once }
      case .chunk(let inner, let isLast):
        var chunk: [UInt8] = []
        fill(inner, into: &chunk, with: values)
        octets += "BDAT \(chunk.count)\(isLast ? " LAST" : "")\r\n".utf8
        octets += chunk
      case .base64(let inner):
        var plain: [UInt8] = []
        fill(inner, into: &plain, with: values)
        octets += Base64.encode(plain)
      }
    }
  }
}

/// What a step's observation may be: any of these.
package struct Pattern: Sendable {
  /// At least one.
  package let alternatives: [Alternative]
  /// As the spec file has it, for people.
  package let text: String

  /// One thing that an observation may be.
  package enum Alternative: Sendable {
    case reply(ReplyPattern)
    case silence
    case close
    case eof
    case handshake
    /// The end of a connection that a close_notify came before.
    case closeAlert
    case delivered(DeliveredPattern)
    case command(CommandPattern)
    case message(MessagePattern)
    /// The peer has made a connection to us.
    case connected
    /// What became of the mail that the target was given.
    case outcome(Outcome)
  }

  /// What becomes of mail, as its sender hears of it.
  package enum Outcome: String, Sendable, CaseIterable {
    case sent, deferred, failed
  }

  /// What is waited for, where the peer may be the server or the client.
  package enum Expected: Sendable {
    case reply, command, message, outcome
  }

  /// What the step waits for: the peer's next reply, or, where it is the client, its next command or the message behind DATA.
  package var expected: Expected {
    for alternative in alternatives {
      switch alternative {
      case .command: return .command
      case .message: return .message
      case .outcome: return .outcome
      default: continue
      }
    }
    return .reply
  }

  /// What becomes of the mail, where that is asked.
  package var outcome: Outcome? {
    for case .outcome(let outcome) in alternatives { return outcome }
    return nil
  }

  /// Whether silence would match, which makes the step wait for the silence window only.
  package var allowsSilence: Bool {
    alternatives.contains { if case .silence = $0 { true } else { false } }
  }

  /// The delivered pattern, where this is one.
  package var delivered: DeliveredPattern? {
    for case .delivered(let pattern) in alternatives { return pattern }
    return nil
  }
}

/// What a reply must be like; every part that is there holds.
package struct ReplyPattern: Sendable {
  /// Any of these; empty for any code.
  package var codes: [CodePattern] = []
  /// What its enhanced codes are like, each of these.
  package var enhanced: [EnhancedPattern] = []
  /// What its text has, each of them, in any letter case.
  package var texts: [Template] = []
  /// What its text lacks, each of them, in any letter case.
  package var excludes: [Template] = []
  /// Whether it has text at all.
  package var hasText = false
  /// Whether a hyphen or a space stands behind every code.
  package var isSeparated = false
  /// What the text of its one line is, to the octet.
  package var exactly: Template?
  /// Whether it is, to the octet, the reply before it on the connection.
  package var repeats = false
  /// Whether the text of its one line is base64, and not empty.
  package var isBase64 = false
  /// What the challenge in its one line is, each of them.
  package var challenges: [ChallengeCheck] = []
  /// What its text begins with.
  package var begins: Beginning?
  /// How many lines it has.
  package var lines: LineCount?
  /// EHLO keywords that it lists.
  package var keywords: [String] = []
  /// EHLO keywords that it does not list.
  package var absent: [String] = []
  /// SASL mechanisms that the AUTH line of an EHLO reply lists.
  package var mechanisms: [String] = []
  /// SASL mechanisms that it does not list.
  package var absentMechanisms: [String] = []
  /// Whether the names of its mechanisms fit the grammar of RFC 4422 §3.1.
  package var mechanismSyntax = false
  /// Whether every EHLO line fits the grammar of RFC 5321 §4.1.1.1.
  package var keywordSyntax = false
  /// EHLO keywords whose parameters, where they are listed, are what their RFC allows.
  package var keywordParameters: [String] = []
  /// Faults of syntax that it has not.
  package var without: Set<ReplyFault.Kind> = []

  /// What a text begins with: a domain or an address literal, or these octets.
  package enum Beginning: Sendable {
    case domain
    case text(Template)
  }
  /// How many lines a reply has.
  package enum LineCount: Sendable, Equatable {
    case exactly(Int)
    case many
  }
}

/// Three digits, each of which may be any: `5xx`, `50x`, `503`.
package struct CodePattern: Sendable, Equatable {
  /// Three of them; `nil` for any.
  package let digits: [Int?]

  /// Reads `5xx`; `nil` where it is no such text.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 3 else { return nil }
    var digits: [Int?] = []
    for octet in text.utf8 {
      switch octet {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(Int(octet - UInt8(ascii: "0")))
      case UInt8(ascii: "x"): digits.append(nil)
      default: return nil
      }
    }
    guard digits[0] != nil || digits[1] != nil || digits[2] != nil else { return nil }
    self.digits = digits
  }

  /// Whether a code's digits fit.
  package func matches(_ code: Int) -> Bool {
    let actual = [code / 100, code / 10 % 10, code % 10]
    return zip(digits, actual).allSatisfy { $0 == nil || $0 == $1 }
  }
}

/// What the mailbox must have got.
package struct DeliveredPattern: Sendable {
  /// How many messages there are; `nil` for one or more.
  package var copies: Int?
  /// The octets after the header section, exactly.
  package var body: Template?
  /// Octets that stand anywhere in the message.
  package var contains: [Template] = []
  /// Octets that stand nowhere in it.
  package var excludes: [Template] = []
  /// What its header fields have.
  package var headers: [HeaderPattern] = []
  /// The first field's name.
  package var first: String?
  /// What the topmost trace field is like.
  package var received: ReceivedPattern?
  /// What the reports are like; where it is there, the sender's mailbox is looked into, and nothing else.
  package var report: ReportPattern?

  /// What a header field has.
  package struct HeaderPattern: Sendable {
    /// The field's name.
    package let name: String
    /// What the unfolded value has; `nil` where no such field may be there.
    package let value: Template?
  }

  /// What a trace field is like (RFC 5321 §4.4).
  package struct ReceivedPattern: Sendable {
    /// Whether it fits the grammar.
    package var wellFormed = false
    /// Whether an address literal may stand there without TCP information, though the grammar wants it.
    package var literalAlone = false
    /// Its clauses and what they hold.
    package var clauses: [(name: String, demand: ClauseDemand)] = []
    /// The names that clauses beyond the grammar's own may have; `nil` where they are not looked at.
    package var additional: [String]?

    /// What a clause must be like.
    package enum ClauseDemand: Sendable {
      /// It is there.
      case present
      /// It holds these octets.
      case holds(Template)
      /// It is one of these, in any letter case; or, where that is said, absent.
      case oneOf([Template], orAbsent: Bool)

      /// The octets it speaks of.
      var templates: [Template] {
        switch self {
        case .present: []
        case .holds(let template): [template]
        case .oneOf(let templates, _): templates
        }
      }
    }
  }
}
