import Conformance

extension [Case] {
  /// The cases as the RFCs have them: by number of RFC, then by section, where 4.1.1.10 stands behind 4.1.1.9; within a section as written.
  var inReadingOrder: [Case] {
    let keys = map { SectionNumber(rfc: $0.rfc, section: $0.section) }
    return indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }.map { self[$0] }
  }
}

/// The place of a section among all RFCs.
private struct SectionNumber: Comparable {
  let rfc: Int
  let parts: [Part]

  /// A number or, for an appendix, a letter.
  enum Part: Comparable {
    case number(Int)
    case letter(String)
  }

  init(rfc: Int, section: String) {
    self.rfc = rfc
    self.parts = section.split(separator: ".").map { part in Int(part).map { .number($0) } ?? .letter(String(part)) }
  }

  static func < (one: SectionNumber, other: SectionNumber) -> Bool {
    one.rfc == other.rfc ? one.parts.lexicographicallyPrecedes(other.parts) : one.rfc < other.rfc
  }
}
