import Wire

/// Faults of a client with TLS and AUTH.
let sendingTLSDefects: [Defect] = [
  Defect("goes-on-in-clear", "RFC 3207 §6", "The client that is told to require TLS sends mail without.") {
    $0.sending = { $0.goesOnInClear = true }
  },
  Defect("says-no-ehlo-under-tls", "RFC 3207 §4.2", "The client does not say EHLO again under TLS, and keeps what was offered before.") {
    $0.sending = { $0.startsAfresh = false }
  },
  Defect("acts-on-injected-replies", "RFC 3207 §4.2", "The client reads under TLS replies that came in clear before.") {
    $0.sending = { $0.keepsClearReplies = true }
  },
  Defect("pipelines-behind-starttls", "RFC 3207 §4", "The client sends EHLO in one write with STARTTLS.") {
    $0.sending = { $0.line = { line, stage in if stage == .startTLS { line += "EHLO client.example.org\r\n".utf8 } } }
  },
  Defect("shows-password-in-clear", "RFC 4954 §14", "The client logs in without TLS, by PLAIN.") {
    $0.sending = { manner in
      manner.showsPassword = true
      manner.goesOnInClear = true
    }
  },
]
