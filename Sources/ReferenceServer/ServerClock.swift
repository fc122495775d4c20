import Foundation

/// The time of day as trace fields show it; a test has its own.
package struct ServerClock: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package var now: @Sendable () -> Int
  /// Seconds that local time is ahead of UT.
  package var offset: @Sendable () -> Int

  /// A clock that asks these two.
  package init(now: @escaping @Sendable () -> Int, offset: @escaping @Sendable () -> Int) {
    self.now = now
    self.offset = offset
  }

  /// The machine's time, in its own time zone.
  package static let system = ServerClock(
    now: { Int(Date().timeIntervalSince1970) },
    offset: { TimeZone.current.secondsFromGMT() }
  )

  /// The time as RFC 5322 §3.3 writes it, with an explicit offset and a four-digit year.
  package func stamp() -> String {
    Self.stamp(now(), offset: offset())
  }

  static func stamp(_ seconds: Int, offset: Int) -> String {
    let local = seconds + offset
    let second = ((local % 86_400) + 86_400) % 86_400
    let days = (local - second) / 86_400
    let (year, month, day) = civil(days)
    let weekday = weekdays[(((days + 4) % 7) + 7) % 7]
    let minutes = abs(offset) / 60
    let clock = "\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))"
    let zone = "\(offset < 0 ? "-" : "+")\(pad(minutes / 60))\(pad(minutes % 60))"
    return "\(weekday), \(day) \(months[month - 1]) \(year) \(clock) \(zone)"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func pad(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// The date in the proleptic Gregorian calendar of a day counted from 1970-01-01.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
