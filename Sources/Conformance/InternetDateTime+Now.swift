import Foundation
import Wire

extension InternetDateTime {
  /// The moment so many seconds from now, by this machine's clock.
  static func fromNow(seconds: Int) -> InternetDateTime {
    InternetDateTime(secondsSince1970: Int(Date().timeIntervalSince1970) + seconds)
  }
}
