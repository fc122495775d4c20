/// The place of a section among all RFCs: by number of RFC, then by section, where 4.1.1.10 stands behind 4.1.1.9.
package struct SectionNumber: Sendable, Comparable {
  /// The RFC's number.
  package let rfc: Int
  private let parts: [Part]

  /// A number or, for an appendix, a letter.
  private enum Part: Comparable {
    case number(Int)
    case letter(String)
  }

  /// The place of a section.
  ///
  /// - Parameters:
  ///   - rfc: The RFC's number.
  ///   - section: `4.1.1.3`, or `B`.
  package init(rfc: Int, section: String) {
    self.rfc = rfc
    self.parts = section.split(separator: ".").map { part in Int(part).map { .number($0) } ?? .letter(String(part)) }
  }

  /// Whether the one stands before the other.
  package static func < (one: SectionNumber, other: SectionNumber) -> Bool {
    one.rfc == other.rfc ? one.parts.lexicographicallyPrecedes(other.parts) : one.rfc < other.rfc
  }
}
