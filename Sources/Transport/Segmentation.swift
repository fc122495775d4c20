/// Where a run of octets is cut into writes; a server must answer each the same.
package enum Segmentation: String, Sendable, CaseIterable {
  /// One write.
  case whole
  /// A write a line, cut after each LF.
  case line
  /// A write an octet.
  case octet
  /// Cut at random places.
  case random

  /// The end of the segment that begins at an offset; always past `start` while there are octets left.
  func end(ofSegmentAt start: Int, in octets: [UInt8], using generator: inout some RandomNumberGenerator) -> Int {
    guard start < octets.count else { return octets.count }
    switch self {
    case .whole: return octets.count
    case .octet: return start + 1
    case .line: return octets[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? octets.count
    case .random:
      let longest = min(octets.count - start, 1 + octets.count / 3)
      return start + Int.random(in: 1...longest, using: &generator)
    }
  }
}
