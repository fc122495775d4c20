import Wire

/// Faults of a relay's queue.
let relayingDefects: [Defect] = [
  Defect("never-tries-again", "RFC 5321 §4.5.4.1", "The relay drops what was refused for now.") {
    $0.queue = { $0.triesAgain = false }
  },
  Defect("gives-up-at-once", "RFC 5321 §4.2.1", "The relay takes a refusal for now for one for good.") {
    $0.queue = { manner in
      manner.outcome = { outcome in if case .deferred(let why) = outcome { .failed(why) } else { outcome } }
    }
  },
  Defect("tries-refused-mail-again", "RFC 5321 §4.2.1", "The relay tries again what was refused for good, and tells nobody.") {
    $0.queue = { $0.triesRefusedAgain = true }
  },
  Defect("tells-nobody", "RFC 5321 §3.6.3", "The relay drops what was refused for good, and tells nobody.") {
    $0.queue = { $0.tellsSender = false }
  },
  Defect("relay-reports-from-postmaster", "RFC 5321 §3.6.3", "The relay's notification has a reverse-path that is not null.") {
    $0.queue = { $0.reportPath = Array("<postmaster@example.test>".utf8) }
  },
  Defect("relay-reports-in-plain-text", "RFC 5321 §3.6.3", "The relay's notification is no delivery status notification.") {
    $0.queue = { $0.report = { $0.type = "multipart/mixed" } }
  },
  Defect("answers-reports", "RFC 5321 §4.5.4", "The relay answers an error message that it cannot hand over with an error message.") {
    $0.queue = { $0.answersReports = true }
  },
  Defect("reports-success-unasked", "RFC 3461 §5.2.2", "The relay tells of mail that was taken, though nobody asked.") {
    $0.queue = { $0.tellsUnasked = true }
  },
  Defect("reports-in-spite-of-never", "RFC 3461 §5.2.2", "The relay tells of a failure though NOTIFY says NEVER.") {
    $0.queue = { $0.tellsInSpiteOfNever = true }
  },
  Defect("reports-no-relaying", "RFC 3461 §5.2.2", "The relay does not tell that a next server without DSN took the mail.") {
    $0.queue = { manner in
      manner.outcome = { outcome in outcome.isAccepted ? .accepted(tellsSender: true) : outcome }
    }
  },
  Defect("drops-status-parameters", "RFC 3461 §5.2.1", "The relay sends RET, ENVID, NOTIFY and ORCPT to nobody.") {
    $0.queue = { manner in
      manner.shipment = { shipment in
        shipment.returns = nil
        shipment.envelopeID = nil
        for place in shipment.recipients.indices {
          shipment.recipients[place].notify = nil
          shipment.recipients[place].originalRecipient = nil
        }
      }
    }
  },
  Defect("adds-status-parameters", "RFC 3461 §5.2.1", "The relay sends RET, ENVID and NOTIFY that the sender did not give.") {
    $0.queue = { manner in
      manner.shipment = { shipment in
        shipment.returns = .headers
        shipment.envelopeID = Array("own".utf8)
        for place in shipment.recipients.indices { shipment.recipients[place].notify = .failure }
      }
    }
  },
  Defect("sends-status-parameters-unasked", "RFC 3461 §5.2.2", "The relay sends DSN's parameters to a server that does not offer DSN.") {
    $0.sending = { $0.takesForOffered = { keyword, isOffered in keyword == "DSN" || isOffered } }
  },
  Defect("rewrites-the-body", "RFC 5321 §3.6.3", "The relay adds a line to the message.") {
    $0.queue = { $0.shipment = { $0.content += Array("Sent by a faulty relay.\r\n".utf8) } }
  },
  Defect("relays-twice", "RFC 5321 §4.2", "The relay sends every message twice.") {
    $0.queue = { $0.copies = 2 }
  },
  Defect("adds-no-received-line", "RFC 5321 §4.4", "The relay puts no Received field on what it sends on.") {
    $0.queue = { manner in
      manner.shipment = { shipment in
        guard let field = Message(shipment.content).fields.first, field.isNamed("Received") else { return }
        shipment.content.removeSubrange(field.range)
      }
    }
  },
  Defect("fills-in-null-path", "RFC 5321 §4.5.5", "The relay puts its postmaster's address in the place of a null reverse-path.") {
    $0.queue = { manner in
      manner.shipment = { if $0.reversePath.elementsEqual("<>".utf8) { $0.reversePath = Array("<postmaster@example.test>".utf8) } }
    }
  },
  Defect("one-session-a-recipient", "RFC 5321 §4.5.4.1", "The relay names only the first recipient of a message.") {
    $0.queue = { $0.shipment = { $0.recipients = Array($0.recipients.prefix(1)) } }
  },
]
