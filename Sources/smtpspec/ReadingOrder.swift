import Conformance
import Reports

extension [Case] {
  /// The cases as the RFCs have them: by number of RFC, then by section; within a section as written.
  var inReadingOrder: [Case] {
    let keys = map { SectionNumber(rfc: $0.rfc, section: $0.section) }
    return indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }.map { self[$0] }
  }
}
