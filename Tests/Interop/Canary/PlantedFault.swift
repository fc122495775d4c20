import ReferenceServer
import Wire

/// A fault of the next hop with one message, to see that it is noticed.
enum PlantedFault {
  /// The message is taken, and kept nowhere.
  case lost(Int)
  /// The message is kept twice.
  case twice(Int)

  /// Reads `lost:7` or `twice:7`.
  init?(parsing text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let number = Int(parts[1]), number >= 0 else { return nil }
    switch parts[0] {
    case "lost": self = .lost(number)
    case "twice": self = .twice(number)
    default: return nil
    }
  }

  /// The same as a defect of the reference server.
  var defect: Defect {
    switch self {
    case .lost(let number): Self.storing(number) { _ in [] }
    case .twice(let number): Self.storing(number) { $0 + $0 }
    }
  }

  private static func storing(_ number: Int, _ change: @escaping @Sendable ([StoredMessage]) -> [StoredMessage]) -> Defect {
    Defect("planted", "RFC 5321 §6.1", "One message is not kept once.") { distortion in
      distortion.message = { copies, _ in
        guard let copy = copies.first, Arrivals.number(of: copy.content) == number else { return }
        copies = change(copies)
      }
    }
  }
}
