import Dialogue
import Wire

extension Defect {
  /// Faults of EXTERNAL, RFC 4422, appendix A.
  static let externalDefects: [Defect] = [
    .claiming("refuses-external", "EXTERNAL fails, whatever the certificate.") { decision, _, context in
      if decision.code == 235 { decision.failAuthentication(in: context) }
    },
    .claiming("external-refuses-own-name", "EXTERNAL fails where the client names itself.") { decision, message, context in
      if decision.code == 235, !message.isEmpty { decision.failAuthentication(in: context) }
    },
    .claiming("external-for-anybody", "Whoever has a certificate may act as anybody.") { decision, _, context in
      if decision.code == 535 { decision.succeed(in: context) }
    },
    .claiming("external-reads-to-nul", "The identity is read up to its first NUL.") { decision, message, context in
      if decision.code == 535, message.contains(.nul),
        Array(message.prefix { $0 != .nul }) == context.before.certificateUser.map({ Array($0.utf8) })
      {
        decision.succeed(in: context)
      }
    },
    .deciding("external-without-certificate", "RFC 4422 §A.1", "EXTERNAL succeeds without a certificate.") { decision, context in
      guard case .auth("EXTERNAL", .some) = context.command, decision.code == 504 else { return }
      decision.succeed(in: context)
    },
  ]

  private static func claiming(
    _ name: String, _ summary: String, _ change: @escaping @Sendable (inout Decision, _ message: [UInt8], DecisionContext) -> Void
  ) -> Defect {
    deciding(name, "RFC 4422 §A.1", summary) { decision, context in
      if let message = context.firstMessage(.external, .external) { change(&decision, message, context) }
    }
  }
}
