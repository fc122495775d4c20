/// A date and time in UTC as RFC 3339 §5.6 writes it, `2026-12-24T02:00:00Z`.
package struct InternetDateTime: Sendable, Hashable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z; what is written after the second is dropped.
  package let secondsSince1970: Int

  /// The date and time of an instant.
  package init(secondsSince1970: Int) {
    self.secondsSince1970 = secondsSince1970
  }

  /// Reads a date and time, or gives `nil` where it is none, does not exist or is not in UTC.
  ///
  ///     date-time = 4DIGIT "-" 2DIGIT "-" 2DIGIT "T" 2DIGIT ":" 2DIGIT ":" 2DIGIT ["." 1*DIGIT] "Z"
  package init?(_ text: some Sequence<UInt8>) {
    let octets = Octets(text)
    let form = Octets("0000-00-00T00:00:00".utf8)
    guard (form.count + 1...64).contains(octets.count) else { return nil }
    for (octet, wanted) in zip(octets, form) where wanted == .zero ? !octet.isDigit : octet.uppercased != wanted { return nil }
    var rest = octets[form.count...]
    if rest.first == .dot {
      rest = rest.dropFirst()
      guard rest.first?.isDigit == true else { return nil }
      rest = rest.drop(while: \.isDigit)
    }
    guard rest.count == 1, rest.first?.uppercased == UInt8(ascii: "Z") else { return nil }
    func number(_ range: Range<Int>) -> Int { octets[range].reduce(0) { $0 * 10 + Int($1 - .zero) } }
    let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
    guard (1...12).contains(month), (1...lastDay(year: year, month: month)).contains(day), hour < 24, minute < 60, second <= 60 else {
      return nil
    }
    secondsSince1970 = days(fromYear: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
  }

  /// The date and time, without a fraction.
  package var description: String {
    let date = DateTime(secondsSince1970: secondsSince1970)
    let day = "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))"
    return "\(day)T\(padded(date.hour)):\(padded(date.minute)):\(padded(date.second))Z"
  }
}
