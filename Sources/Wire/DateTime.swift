/// A date and time as trace fields write it, `date-time` of RFC 5322 §3.3 without the `obs-` forms (RFC 5321 §4.4).
package struct DateTime: Sendable, Hashable, CustomStringConvertible {
  /// A part of a date and time.
  package enum Part: Sendable, Hashable {
    case dayName
    case day
    case month
    case year
    case time
    case zone
  }

  /// 1900 or later.
  package let year: Int
  /// `1...12`.
  package let month: Int
  /// `1...31`.
  package let day: Int
  /// `0...23`.
  package let hour: Int
  /// `0...59`.
  package let minute: Int
  /// `0...60`, a leap second included.
  package let second: Int
  /// Minutes east of UTC.
  package let zone: Int
  /// Whether the day's name was written.
  package let hasDayName: Bool

  static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Makes the date and time of an instant.
  ///
  /// - Parameters:
  ///   - seconds: Seconds since 1970-01-01T00:00:00Z, not before 1900.
  ///   - zone: Minutes east of UTC.
  package init(secondsSince1970 seconds: Int, zone: Int = 0) {
    let local = seconds + zone * 60
    let (days, rest) = (floorDivision(local, 86_400), local - floorDivision(local, 86_400) * 86_400)
    (year, month, day) = civil(fromDays: days)
    (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
    self.zone = zone
    hasDayName = true
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  package var secondsSince1970: Int {
    days(fromYear: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second - zone * 60
  }

  /// The form that RFC 5322 §3.3 recommends: one space in each place.
  package var description: String {
    let name = DateTime.dayNames[dayIndex(year: year, month: month, day: day)]
    let sign = zone < 0 ? "-" : "+"
    let offset = abs(zone)
    return "\(name), \(day) \(DateTime.monthNames[month - 1]) \(padded(year, 4)) \(padded(hour)):\(padded(minute)):\(padded(second)) "
      + "\(sign)\(padded(offset / 60))\(padded(offset % 60))"
  }

  /// Reads a date and time that is a whole value, comments behind it passed over; `nil` where it does not fit.
  package init?(_ value: Octets) {
    var reader = TraceReader(octets: value)
    guard let date = try? Self.read(&reader), (try? reader.skipCommentsAndWhiteSpace()) != nil, reader.octet == nil else { return nil }
    self = date
  }

  /// Reads a date and time.
  ///
  ///     date-time   = [ day-of-week "," ] date time [CFWS]
  ///     day-of-week = [FWS] day-name
  ///     day         = [FWS] 1*2DIGIT FWS
  ///     year        = FWS 4*DIGIT FWS
  ///     time-of-day = hour ":" minute [ ":" second ]
  ///     zone        = FWS ( "+" / "-" ) 4DIGIT
  ///
  /// It must also be a date that exists, with the day's own name (RFC 5322 §3.3).
  static func read(_ reader: inout TraceReader) throws(TraceSyntaxError) -> DateTime {
    _ = reader.skipWhiteSpace()
    let nameStart = reader.position
    var named: Int?
    if reader.octet?.isLetter == true {
      named = try name(of: dayNames, .dayName, &reader)
      guard reader.octet == 0x2C else { throw reader.fail(.date(.dayName)) }
      reader.position += 1
      _ = reader.skipWhiteSpace()
    }
    let dayStart = reader.position
    let day = try number(1...2, .day, &reader)
    try reader.whiteSpace()
    let month = try name(of: monthNames, .month, &reader) + 1
    try reader.whiteSpace()
    let yearStart = reader.position
    let year = try number(4...8, .year, &reader)
    guard year >= 1900 else { throw TraceSyntaxError(.date(.year), at: yearStart) }
    guard (1...lastDay(year: year, month: month)).contains(day) else { throw TraceSyntaxError(.date(.day), at: dayStart) }
    if let named, named != dayIndex(year: year, month: month, day: day) { throw TraceSyntaxError(.date(.dayName), at: nameStart) }
    try reader.whiteSpace()

    let timeStart = reader.position
    let hour = try number(2...2, .time, &reader)
    guard reader.octet == .colon else { throw reader.fail(.date(.time)) }
    reader.position += 1
    let minute = try number(2...2, .time, &reader)
    var second = 0
    if reader.octet == .colon {
      reader.position += 1
      second = try number(2...2, .time, &reader)
    }
    guard hour <= 23, minute <= 59, second <= 60 else { throw TraceSyntaxError(.date(.time), at: timeStart) }
    try reader.whiteSpace()

    let zoneStart = reader.position
    guard let sign = reader.octet, sign == 0x2B || sign == .hyphen else { throw reader.fail(.date(.zone)) }
    reader.position += 1
    let zone = try number(4...4, .zone, &reader)
    guard zone % 100 <= 59 else { throw TraceSyntaxError(.date(.zone), at: zoneStart) }
    let minutes = zone / 100 * 60 + zone % 100
    return DateTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second,
      zone: sign == .hyphen ? -minutes : minutes, hasDayName: named != nil
    )
  }

  /// Makes a date and time of its parts; `nil` where there is none such.
  init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, zone: Int) {
    guard year >= 1900, (1...12).contains(month), (1...lastDay(year: year, month: month)).contains(day), hour <= 23, minute <= 59,
      second <= 60
    else { return nil }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second, zone: zone, hasDayName: false)
  }

  private init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, zone: Int, hasDayName: Bool) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.zone = zone
    self.hasDayName = hasDayName
  }

  private static func name(of names: [String], _ part: Part, _ reader: inout TraceReader) throws(TraceSyntaxError) -> Int {
    let end = min(reader.position + 3, reader.octets.count)
    let word = reader.octets[reader.position..<end]
    guard let index = names.firstIndex(where: { word.matchesIgnoringCase($0.utf8) }) else { throw reader.fail(.date(part)) }
    reader.position = end
    return index
  }

  private static func number(_ digits: ClosedRange<Int>, _ part: Part, _ reader: inout TraceReader) throws(TraceSyntaxError) -> Int {
    let start = reader.position
    var value = 0
    while let octet = reader.octet, octet.isDigit, reader.position - start < digits.upperBound {
      value = value * 10 + Int(octet - .zero)
      reader.position += 1
    }
    guard reader.position - start >= digits.lowerBound else { throw reader.fail(.date(part)) }
    return value
  }
}

func padded(_ value: Int, _ width: Int = 2) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private func floorDivision(_ value: Int, _ divisor: Int) -> Int { value >= 0 ? value / divisor : (value + 1) / divisor - 1 }

func lastDay(year: Int, month: Int) -> Int {
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
}

/// The day of the week, Monday first: 1970-01-01 was a Thursday.
private func dayIndex(year: Int, month: Int, day: Int) -> Int {
  let index = (days(fromYear: year, month: month, day: day) + 3) % 7
  return index < 0 ? index + 7 : index
}

/// Days since 1970-01-01 in the Gregorian calendar; years are counted from March, so that the leap day is the last.
func days(fromYear year: Int, month: Int, day: Int) -> Int {
  let marchYear = month > 2 ? year : year - 1
  let era = floorDivision(marchYear, 400)
  let yearOfEra = marchYear - era * 400
  let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

/// The inverse of ``days(fromYear:month:day:)``.
private func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = days + 719_468
  let era = floorDivision(shifted, 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
}
