import Wire

/// A step in which we are an honest server, until the peer comes to a point.
package struct ServeStep: Sendable, Equatable {
  /// The lines behind the first of the reply to EHLO.
  package var extensions: [Template] = []
  /// The verbs at which it stops, in upper case, the command unanswered; none for the end of the session.
  package var verbs: Set<String> = []
  /// Whether it stops once a message has come, unanswered too.
  package var stopsAtMessage = false
  /// Whether it stops once the octets of a BDAT have come, unanswered too.
  package var stopsAtChunk = false

  /// The keys of `serve`.
  static let keys = ["offer", "until"]

  /// Reads `{offer: […], until: 'DATA | BDAT'}`.
  init(_ node: SpecNode) throws(SpecError) {
    guard node.isMapping else { throw node.error("write {}, or {offer: [SIZE], until: MAIL}") }
    let fields = try node.fields(Self.keys)
    extensions = try fields["offer"]?.oneOrMore().map { element throws(SpecError) in try TemplateParser.template(element) } ?? []
    for word in PatternLoader.split(try fields["until"]?.name() ?? "") {
      switch word {
      case "message": stopsAtMessage = true
      case "chunk": stopsAtChunk = true
      default: verbs.insert(word.uppercased())
      }
    }
  }

  /// Service to the end of the session, with these lines behind the first of the reply to EHLO.
  init(extensions: [Template] = []) {
    self.extensions = extensions
  }
}
