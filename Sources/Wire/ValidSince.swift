/// The instant from which a recipient's mailbox must have had one owner, RFC 7293.
package struct ValidSince: Sendable, Hashable {
  /// What is to happen where the next server does not know the extension (§3.1).
  package enum NoSupportAction: UInt8, Sendable, Hashable {
    case proceed = 0x43
    case reject = 0x52
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  package let secondsSince1970: Int
  /// What stands behind the semicolon of the parameter; `nil` where nothing does.
  package let action: NoSupportAction?

  /// Reads the value of the parameter RRVS; `nil` where it does not fit, or is no date that exists.
  ///
  ///     rrvs-param = "RRVS=" date-time [ ";" ( "C" / "R" ) ]
  ///
  /// `date-time` is that of RFC 3339 §5.6, without a fraction of a second.
  package init?(parameter value: Octets) {
    var text = value[...]
    var action: NoSupportAction?
    if let semicolon = value.firstIndex(of: .semicolon) {
      guard value.count == semicolon + 2, let known = NoSupportAction(rawValue: value[semicolon + 1].uppercased) else { return nil }
      action = known
      text = value[..<semicolon]
    }
    guard let date = DateTime(internetTimestamp: Octets(text)) else { return nil }
    secondsSince1970 = date.secondsSince1970
    self.action = action
  }

  private init(secondsSince1970: Int) {
    self.secondsSince1970 = secondsSince1970
    action = nil
  }

  /// Reads the unfolded value of a Require-Recipient-Valid-Since field; `nil` where it does not fit.
  ///
  ///     rrvs = "Require-Recipient-Valid-Since:" addr-spec ";" date-time CRLF
  ///
  /// - Parameter value: The value without white space at its ends.
  /// - Returns: The mailbox that it names, and since when.
  package static func read(header value: Octets) -> (mailbox: Mailbox, since: ValidSince)? {
    // A quoted local part may have a semicolon; a date has none.
    guard let semicolon = value.lastIndex(of: .semicolon) else { return nil }
    let address = value[..<semicolon].reversed().drop(while: \.isWhiteSpace).reversed()
    var reader = TraceReader(octets: Octets(value[(semicolon + 1)...]))
    guard let mailbox = try? Mailbox(parsing: Octets(address), in: .internationalized), let date = try? DateTime.read(&reader),
      (try? reader.skipCommentsAndWhiteSpace()) != nil, reader.octet == nil
    else { return nil }
    return (mailbox, ValidSince(secondsSince1970: date.secondsSince1970))
  }
}

extension DateTime {
  /// Reads a timestamp of RFC 3339 §5.6 without a fraction of a second: `2014-04-03T23:01:00Z`, `2014-04-03T23:01:00-07:00`.
  package init?(internetTimestamp text: Octets) {
    let numbers = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19]
    let marks: [(place: Int, octet: UInt8)] = [(4, .hyphen), (7, .hyphen), (10, 0x54), (13, .colon), (16, .colon)]
    guard text.count == 20 || text.count == 25, marks.allSatisfy({ text[$0.place].uppercased == $0.octet }),
      numbers.allSatisfy({ text[$0].allSatisfy(\.isDigit) })
    else { return nil }
    let values = numbers.map { text[$0].reduce(0) { $0 * 10 + Int($1 - .zero) } }
    var zone = 0
    if text.count == 20 {
      guard text[19].uppercased == 0x5A else { return nil }
    } else {
      guard text[19] == 0x2B || text[19] == .hyphen, text[22] == .colon, text[20..<22].allSatisfy(\.isDigit),
        text[23..<25].allSatisfy(\.isDigit)
      else { return nil }
      let (hours, minutes) = (text[20..<22].reduce(0) { $0 * 10 + Int($1 - .zero) }, text[23..<25].reduce(0) { $0 * 10 + Int($1 - .zero) })
      guard hours <= 23, minutes <= 59 else { return nil }
      zone = (hours * 60 + minutes) * (text[19] == .hyphen ? -1 : 1)
    }
    self.init(year: values[0], month: values[1], day: values[2], hour: values[3], minute: values[4], second: values[5], zone: zone)
  }
}
