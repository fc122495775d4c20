import Wire

/// A deliberate fault of the reference server, for the suite to prove itself on.
package struct Defect: Sendable {
  /// The name, a slug such as `accepts-rcpt-before-mail`.
  package let name: String
  /// What the faulty server does, in one plain sentence.
  package let summary: String
  /// The section that it breaks, such as `RFC 5321 §3.3`.
  package let source: String
  /// Changes the server's configuration, once, before it starts.
  package let configuration: @Sendable (inout Configuration) -> Void
  /// Makes the distortion of one session.
  package let distortion: @Sendable () -> Distortion

  init(
    _ name: String,
    _ source: String,
    _ summary: String,
    configuration: @escaping @Sendable (inout Configuration) -> Void,
    distortion distort: @escaping @Sendable (inout Distortion) -> Void = { _ in }
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.configuration = configuration
    distortion = {
      var distortion = Distortion()
      distort(&distortion)
      return distortion
    }
  }

  /// A defect that distorts sessions.
  ///
  /// - Parameters:
  ///   - name: A slug.
  ///   - source: The section that it breaks.
  ///   - summary: What the faulty server does.
  ///   - distort: Makes the distortion of one session.
  package init(_ name: String, _ source: String, _ summary: String, _ distort: @escaping @Sendable (inout Distortion) -> Void) {
    self.init(name, source, summary, configuration: { _ in }, distortion: distort)
  }

  /// Every defect, by area.
  package static let all: [Defect] = [
    helloDefects,
    sequenceDefects,
    sessionDefects,
    syntaxDefects,
    pathDefects,
    lineDefects,
    mailDataDefects,
    inquiryDefects,
    sizeDefects,
    chunkingDefects,
    chunkSizeDefects,
    binaryDefects,
    pipeliningDefects,
    tlsDefects,
    replyDefects,
    enhancedCodeDefects,
    eightBitDefects,
    refusedMailDefects,
    internationalizedMailDefects,
    internationalizedReplyDefects,
    validSinceDefects,
    limitDefects,
    localDeliveryDefects,
    contentDefects,
    traceDefects,
    authenticationDefects,
    exchangeDefects,
    challengeDefects,
    scramDefects,
    scramNameDefects,
    bearerDefects,
    externalDefects,
    remoteQueueDefects,
    priorityDefects,
    holdDefects,
    requireTLSDefects,
    announcedLimitDefects,
    onDemandDefects,
    outgoingDefects,
    sendingDefects,
    sendingContentDefects,
    sendingTLSDefects,
    relayingDefects,
    storageDefects,
    submissionDefects,
    statusParameterDefects,
    reportDefects,
    reportFieldDefects,
    deliverByDefects,
    resourceDefects,
  ].flatMap(\.self)

  /// No defect has the name.
  package struct UnknownName: Error, Equatable {
    /// The name that was asked for.
    package let name: String
    /// The closest name that there is, if one is close.
    package let nearest: String?

    /// An error about this name.
    package init(name: String, nearest: String?) {
      self.name = name
      self.nearest = nearest
    }
  }

  /// Finds a defect by its name.
  ///
  /// - Throws: ``UnknownName`` with the nearest name that exists.
  package static func named(_ name: String) throws(UnknownName) -> Defect {
    guard let defect = all.first(where: { $0.name == name }) else {
      throw UnknownName(name: name, nearest: nearest(name, in: all.map(\.name)))
    }
    return defect
  }
}
