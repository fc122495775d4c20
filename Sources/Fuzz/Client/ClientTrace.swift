import Transport
import Wire

/// What went on between a client and us in one run.
struct ClientTrace: Sendable {
  /// The connections, in the order in which they were made.
  var connections: [ClientConnection] = []
  /// How the client ended; `nil` where it did not, long after our last connection had.
  var ending: ChildProcess.Ending?
  /// What it wrote to its standard output and error.
  var output: [UInt8] = []
  /// What was said to it, and what it was told to send.
  var script = ServerScript()
  /// The message that it was given.
  var message: [UInt8] = []
  /// Words that occur nowhere else.
  var canaries = ClientCanaries()
  /// Whether it was told to speak TLS or not at all.
  var isTLSRequired = false
}

/// One connection as the server saw it.
struct ClientConnection: Sendable {
  /// Something that the client said.
  struct Said: Sendable {
    /// What it is.
    enum Kind: Sendable, Equatable {
      case command
      /// An answer to 334.
      case response
      /// Mail data up to its end, or up to the end of the connection.
      case mailData(isWhole: Bool)
    }

    let kind: Kind
    /// The octets, line ends and the end of the mail data included.
    let octets: [UInt8]
    let isUnderTLS: Bool
    /// What was answered; empty where nothing was.
    var answer: [UInt8] = []
    /// Whether the honest server answered.
    var isAnswerHonest = true

    /// The line without its end.
    var line: ArraySlice<UInt8> {
      var line = octets[...]
      if line.last == .lineFeed { line = line.dropLast() }
      if line.last == .carriageReturn { line = line.dropLast() }
      return line
    }

    /// The verb, where it is a command and a known one.
    var verb: Verb? { kind == .command ? Verb(line.prefix { $0 != .space }) : nil }

    /// The code of the reply that was given, where that is one whole well-formed reply and nothing else.
    var code: Int? { ClientConnection.code(of: answer) }
  }

  /// What was said to begin with.
  var greeting: [UInt8] = []
  /// What the client said, in order.
  var said: [Said] = []
  /// Octets of a line that never ended.
  var rest: [UInt8] = []
  /// Whether TLS was spoken.
  var hasTLS = false
  /// Octets in clear that stood behind our 220 to STARTTLS.
  var injected: [UInt8] = []
  /// What the client said under TLS while the answer to its first command there was held back.
  var saidUnasked: [UInt8] = []
  /// Why it ended, as the session saw it.
  var ending = ""
  /// What went over the wire, made visible.
  var transcript = ""

  /// The code of octets that are one whole well-formed reply.
  static func code(of octets: [UInt8]) -> Int? {
    guard let (reply, length) = try? Reply.parse(octets.span), length == octets.count else { return nil }
    return Int(reply.code.value)
  }
}

/// Words that occur nowhere else, so that where they turn up says where they came from.
struct ClientCanaries: Sendable, Equatable {
  let user = "canary-user"
  let password = "canary-secret-7f3a"
  /// The argument of a NOOP that only an injected line can have.
  let injected = "canary0injected"
  /// A word in the message.
  let message = "canary0message"
}
