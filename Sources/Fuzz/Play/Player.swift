package import Transport

/// Plays scripts against a server, and writes down what was answered to what.
package struct Player: Sendable {
  /// How long things may take.
  package struct Timing: Sendable, Hashable {
    /// A reply that is owed; one that takes longer is looked into.
    package var reply = Duration.seconds(10)
    /// How long nothing has to come before that is taken for silence.
    package var silence = Duration.milliseconds(60)
    /// How long the server has to close after its 221.
    package var farewell = Duration.milliseconds(150)
    /// How long it has before we hold against it that it does not.
    static let patientFarewell = Duration.seconds(3)
    /// A connection.
    package var connect = Duration.seconds(5)

    /// The usual times.
    package init() {}
  }

  /// Where the server is.
  package let server: ResolvedEndpoint
  /// How long things may take.
  package var timing = Timing()
  /// What to ask of TLS; nobody is trusted or mistrusted here.
  package var tls = TLSOptions()
  /// Whether TLS begins with the connection.
  package var isImplicitTLS = false
  /// Whether the server speaks LMTP, so that each recipient of a message draws a reply (RFC 2033).
  package var isLMTP = false
  /// What ends every wait.
  package var interrupt: Interrupt?
  /// Whether the transcripts are kept: they cost time.
  package var keepsTranscripts = false
  /// From how many turns on to look, before more is sent, if the server closes by itself: it takes its time; `nil` is never.
  package var pausesAfter: Int?
  /// Where each write is cut.
  package var segmentation = Segmentation.whole

  private static let briefly = Session.Limits(unreadOctets: 1 << 17, transcriptOctets: 0, replyOctets: 1 << 16)
  private static let fully = Session.Limits(unreadOctets: 1 << 17, transcriptOctets: 1 << 16, replyOctets: 1 << 16)

  /// A player against a server.
  package init(server: ResolvedEndpoint) {
    self.server = server
  }

  /// Plays a script to its end, or until the server ends it.
  ///
  /// - Parameters:
  ///   - script: What to send.
  ///   - places: What this session puts into it.
  ///   - seed: Decides where writes are cut, where they are cut at random.
  /// - Returns: What came of it, a connection each.
  package func play(_ script: Script, _ places: Placeholders, seed: UInt64 = 0) -> Trace {
    var trace = Trace()
    let parts = script.events.split(separator: .connect, omittingEmptySubsequences: false)
    for (number, part) in parts.enumerated() {
      let session: Session
      do throws(TransportError) {
        session = try Session.connect(
          to: server, deadline: .after(timing.connect), interrupt: interrupt, limits: keepsTranscripts ? Player.fully : Player.briefly)
      } catch {
        var connection = ConnectionTrace()
        connection.fate = error == .interrupted ? .stopped : .refused(error)
        trace.connections.append(connection)
        return trace
      }
      let generator = RunGenerator(seed: seed, run: UInt64(number))
      var play = ConnectionPlay(session, for: self, places, generator)
      play.run(part)
      trace.connections.append(play.end())
    }
    return trace
  }

  /// Whether the server greets another connection and answers NOOP.
  package func servesOthers() -> Bool {
    let trace = play(Script([.command(Array("NOOP".utf8)), .wait]), Placeholders(session: 0))
    return trace.connections.first.map { $0.turns.count > 1 } ?? false
  }
}

extension Player {
  /// The same, with writes cut otherwise.
  func segmented(_ segmentation: Segmentation) -> Player {
    var player = self
    player.segmentation = segmentation
    return player
  }
}
