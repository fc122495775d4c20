import Wire

/// What a look at a target finds, for whoever writes its configuration.
public struct TargetFindings: Sendable {
  /// The target, with the fixtures that it turned out to have and without those that it refused.
  public let target: TargetConfiguration
  /// The text of its 220, escaped.
  public let greeting: String
  /// The name in its greeting, where there is one.
  public let host: String?
  /// The EHLO keywords with their parameters, escaped.
  public let extensions: [String]
  /// The same under STARTTLS; `nil` where there is no TLS, or the handshake failed.
  public let extensionsUnderTLS: [String]?
  /// What is worth telling.
  public let notes: [String]

  /// Why a target could not be looked at; shown as it is.
  public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let message: String
    /// The message.
    public var description: String { message }
  }

  /// Connects, reads the greeting, says EHLO, tries TLS, and asks which recipients are accepted; no mail is sent.
  ///
  /// - Parameters:
  ///   - target: Its address, and the fixtures that are known.
  ///   - guessesRole: Whether its role is to be found out: LMTP by LHLO, submission by 530.
  ///   - options: How long a reply may take.
  ///   - cancellation: What ends it early.
  /// - Throws: ``Failure`` where it does not answer or does not speak SMTP.
  public init(
    lookingAt target: TargetConfiguration, guessesRole: Bool = false, options: RunOptions = RunOptions(),
    cancellation: Cancellation = Cancellation()
  ) throws(Failure) {
    var surveyor = Surveyor(target: target, options: options, interrupt: cancellation.interrupt)
    surveyor.guessesRole = guessesRole
    do throws(Surveyor.Failure) {
      let survey = try surveyor.survey()
      self.target = surveyor.target
      greeting = survey.greeting
      host = survey.host
      extensions = Self.shown(survey.keywords)
      extensionsUnderTLS = survey.keywordsUnderTLS.map(Self.shown)
      notes = survey.notes
    } catch {
      throw Failure(message: error.message)
    }
  }

  private static func shown(_ keywords: [EhloKeyword]) -> [String] {
    keywords.map { Escaped.show($0.octets, limit: 200) }
  }
}
