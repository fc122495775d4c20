import Dialogue
import Wire

extension Defect {
  /// Faults in the parameters by which reports are asked for.
  static let statusParameterDefects: [Defect] = [
    .writing("dsn-with-parameter", "RFC 3461 §2", "The keyword DSN has a parameter.") { octets, context in
      if context.verb == .ehlo { octets = octets.replacing(Array("DSN\r\n".utf8), with: Array("DSN 1\r\n".utf8)) }
    },
    Defect(
      "takes-status-parameters-unoffered", "RFC 5321 §4.1.1.11", "DSN is not offered, and its parameters are passed over.",
      configuration: { $0.extensions.remove(.deliveryStatus) },
      distortion: {
        $0.decision = { decision, context in
          if decision.code == 555, let other = context.redecide(without: Self.statusParameters) { decision = other }
        }
      }),
    .refusing("refuses-envid", "RFC 3461 §5.1", "MAIL with an ENVID draws 550.") { $0.values(of: "ENVID").isEmpty },
    .refusing("refuses-ret", "RFC 3461 §5.1", "MAIL with a RET draws 550.") { $0.values(of: "RET").isEmpty },
    .refusing("refuses-notify", "RFC 3461 §5.1", "RCPT with a NOTIFY draws 550.") { $0.values(of: "NOTIFY").isEmpty },
    .refusing("mixes-notify-of-recipients", "RFC 3461 §5.1", "RCPT with a NOTIFY draws 553 after another one.", 553) { context in
      context.values(of: "NOTIFY").isEmpty || !context.before.recipients.contains { $0.notify != nil }
    },
    .refusing("refuses-orcpt", "RFC 3461 §5.1", "RCPT with an ORCPT draws 550.") { $0.values(of: "ORCPT").isEmpty },
    .refusing("refuses-hexadecimal-in-xtext", "RFC 3461 §4", "A plus sign in ENVID or ORCPT draws 501.", 501) { context in
      ["ENVID", "ORCPT"].allSatisfy { !context.values(of: $0).joined().contains(.plus) }
    },
    .refusing("refuses-punctuation-in-xtext", "RFC 3461 §4", "Brackets, quotes and backslashes in ENVID draw 501.", 501) {
      !$0.values(of: "ENVID").joined().contains { "()<>\"\\".utf8.contains($0) }
    },
    .refusing("takes-one-condition", "RFC 3461 §4.1", "A NOTIFY with a comma draws 501.", 501) {
      !$0.values(of: "NOTIFY").joined().contains(.comma)
    },
    .refusing("notify-upper-case-only", "RFC 3461 §4.1", "A NOTIFY that is not in capitals draws 501.", 501) {
      !$0.values(of: "NOTIFY").joined().contains(where: \.isSmallLetter)
    },
    .refusing("ret-upper-case-only", "RFC 3461 §4.3", "A RET that is not in capitals draws 501.", 501) {
      !$0.values(of: "RET").joined().contains(where: \.isSmallLetter)
    },
    .refusing("refuses-status-parameters-on-null-path", "RFC 3461 §5.1", "A message from nobody may not have the parameters of DSN.") {
      context in
      let isFromNobody = if case .mail(.null, _) = context.command { true } else { context.before.reversePath == .null }
      return !isFromNobody || Self.statusParameters.allSatisfy { context.values(of: $0).isEmpty }
    },
    .refusing("envid-limit-50", "RFC 3461 §5.4", "An ENVID of more than 50 octets draws 501.", 501) {
      $0.values(of: "ENVID").joined().count <= 50
    },
    .refusing("orcpt-limit-255", "RFC 3461 §5.4", "An ORCPT of more than 255 octets draws 501.", 501) {
      $0.values(of: "ORCPT").joined().count <= 255
    },
    .configured("no-room-for-status-parameters", "RFC 3461 §5.4", "Command lines with the parameters of DSN may be no longer than others.")
    {
      $0.statusLineExtraInOctets = 0
      $0.recipientLineExtraInOctets = 0
      $0.mailLineExtraInOctets = 26 + 17 + 16
      $0.handlingLineExtraInOctets = 0
    },
    .deciding("takes-small-hexadecimal", "RFC 3461 §4", "Hexadecimal digits in ENVID may be small letters.") { decision, context in
      guard decision.code == 501, let other = context.redecide(without: ["ENVID"]) else { return }
      if XText.decode(Array(context.values(of: "ENVID").joined())) != nil { decision = other }
    },
    .passingOver("takes-invalid-envid", "RFC 3461 §5.1", "An ENVID that is not valid is passed over.", ["ENVID"]),
    .passingOver("takes-invalid-ret", "RFC 3461 §5.1", "A RET that is not valid is passed over.", ["RET"]),
    .passingOver("takes-invalid-notify", "RFC 3461 §5.1", "A NOTIFY that is not valid is passed over.", ["NOTIFY"]),
    .passingOver("takes-invalid-orcpt", "RFC 3461 §5.1", "An ORCPT that is not valid is passed over.", ["ORCPT"]),
    .deciding("takes-valueless-parameter-of-rcpt", "RFC 3461 §5.1", "A NOTIFY or ORCPT without a value is passed over.") {
      decision, context in
      guard decision.code == 501, let other = context.redecide(without: ["NOTIFY", "ORCPT"]) else { return }
      if ["NOTIFY", "ORCPT"].contains(where: { context.values(of: $0).contains(where: \.isEmpty) }) { decision = other }
    },
    .passingOver(
      "takes-second-status-parameter", "RFC 3461 §4.5", "Parameters of DSN that stand there twice are passed over.", statusParameters),
    .deciding("refuses-invalid-parameter-with-555", "RFC 3461 §5.1", "MAIL with an ENVID or RET that is not valid draws 555.") {
      decision, context in
      guard context.verb == .mail, decision.code == 501, context.redecide(without: ["ENVID", "RET"]) != nil else { return }
      decision.say(555, .init(5, 4), "Parameter not recognized")
    },
    .deciding("accepts-anybody-with-status-parameters", "RFC 3461 §5.1", "RCPT with NOTIFY or ORCPT is accepted, whoever it names.") {
      decision, context in
      guard context.verb == .rcpt, decision.code == 550, context.redecide(without: ["NOTIFY", "ORCPT"]) != nil else { return }
      decision.say(250, .init(1, 5))
      decision.countRecipient()
    },
  ]

  private static let statusParameters = ["ENVID", "RET", "NOTIFY", "ORCPT"]

  /// A defect that refuses MAIL or RCPT unless a condition holds.
  static func refusing(
    _ name: String, _ source: String, _ summary: String, _ code: Int = 550, unless holds: @escaping @Sendable (DecisionContext) -> Bool
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      guard context.verb == .mail || context.verb == .rcpt, decision.code == 250, !holds(context) else { return }
      decision.refuse(code, .init(5, 4), in: context)
    }
  }

  /// A defect that passes parameters over where they draw 501.
  static func passingOver(_ name: String, _ source: String, _ summary: String, _ keywords: [String]) -> Defect {
    deciding(name, source, summary) { decision, context in
      if decision.code == 501, let other = context.redecide(without: keywords) { decision = other }
    }
  }
}

extension UInt8 {
  fileprivate var isSmallLetter: Bool { (0x61...0x7A).contains(self) }
}

extension DecisionContext {
  /// The parameters of the command line, as they stand there, well-formed or not.
  private var parameterWords: [ArraySlice<UInt8>] {
    guard verb == .mail || verb == .rcpt, let end = line.pathEnd else { return [] }
    return line[(end + 1)...].split(separator: .space)
  }

  /// The values of a parameter, in the order of the command line.
  func values(of keyword: String) -> [ArraySlice<UInt8>] {
    parameterWords.filter { $0.isParameter(keyword) }.map { $0.dropFirst(keyword.utf8.count + 1) }
  }

  /// What an honest server decides on the command line without some parameters; `nil` where it has none of them.
  func redecide(without keywords: [String]) -> Decision? {
    let kept = parameterWords.filter { word in !keywords.contains { word.isParameter($0) } }
    guard kept.count < parameterWords.count, let end = line.pathEnd else { return nil }
    guard let command = try? Command.parse(line: line[...end] + kept.flatMap { [.space] + $0 }) else { return nil }
    return redecide(.command(command))
  }
}

extension ArraySlice<UInt8> {
  /// Whether it is a parameter of this keyword.
  fileprivate func isParameter(_ keyword: String) -> Bool {
    let name = prefix { $0 != .equal }
    return name.matchesIgnoringCase(keyword.utf8)
  }
}
