import Conformance

/// What keeps a run from success beside the violations of its cases.
struct RunFault: Sendable, Equatable {
  /// What kind of fault, in one word that stays.
  enum Kind: String, Sendable {
    /// The report, or the run, ends before all cases were judged.
    case incomplete
    /// Too little was verified.
    case undecided = "nothing-verified"
    /// The server under test died.
    case serverDied = "server-died"
    /// A waiver is out of date.
    case staleWaiver = "stale-waiver"
  }

  /// What kind of fault.
  let kind: Kind
  /// What is wrong, on one visible line.
  let message: String
}

extension RunRecord {
  /// The faults of the run as a whole: there is one, or a violation that fails the run, exactly where its exit status is not 0.
  var faults: [RunFault] {
    var faults: [RunFault] = []
    if let incompleteness { faults.append(RunFault(kind: .incomplete, message: Visible.line(incompleteness))) }
    switch summary?.outcome {
    case .nothingVerified(let why): faults.append(RunFault(kind: .undecided, message: Visible.line(why)))
    case .serverDied(let how): faults.append(RunFault(kind: .serverDied, message: "the server under test died: \(Visible.line(how))"))
    case .conforming, .violations, .staleWaivers, nil: break
    }
    return faults + (summary?.staleWaivers ?? []).map { RunFault(kind: .staleWaiver, message: Visible.line($0)) }
  }

  /// The cases that began and have no verdict, by id.
  var interrupted: [String] { unfinished.sorted() }

  /// What the run was about, on one visible line: `smtpspec 0.1.0: mx.example.test:25 as mx`.
  var heading: String {
    let target = facts.map { ": \(Visible.line($0.target)) as \($0.role.rawValue)\($0.shard.map { ", part \($0)" } ?? "")" } ?? ""
    return "smtpspec \(Visible.line(head.version, limit: 40))\(target)"
  }

  /// What the run came to, in a few visible words.
  var conclusion: String {
    guard let summary else { return "Incomplete: \(Visible.line(incompleteness ?? "the report ends before the run does"))" }
    switch summary.outcome {
    case .conforming: return "Conforming"
    case .violations: return "Not conforming"
    case .nothingVerified(let why): return "Undecided: \(Visible.line(why))"
    case .staleWaivers: return "Waivers are out of date"
    case .serverDied(let how): return "The server under test died: \(Visible.line(how))"
    }
  }
}

extension CaseFacts {
  /// `RFC 5321 §3.3 Mail transactions`.
  var place: String {
    "RFC \(rfc) §\(Visible.line(section))" + (sectionTitle.isEmpty ? "" : " \(Visible.line(sectionTitle))")
  }

  /// Where the RFC's text of the section can be read.
  var link: String {
    let isAppendix = section.unicodeScalars.first.map { ("A"..."Z").contains($0) } ?? false
    let anchor = section.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || ("A"..."Z").contains($0) || $0 == "." }
    return "https://www.rfc-editor.org/rfc/rfc\(rfc)" + (anchor ? "#\(isAppendix ? "appendix" : "section")-\(section)" : "")
  }
}
