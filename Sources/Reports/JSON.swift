/// A JSON value whose objects keep the order of their keys, so that a line reads the same in every run.
package indirect enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  /// Any other finite number.
  case double(Double)
  /// A number with three decimals, for milliseconds.
  case milliseconds(Duration)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A key and its value.
  package struct Member: Sendable, Equatable {
    /// Its name.
    package let key: String
    /// What it holds.
    package let value: JSON

    /// A key with what it holds.
    package init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// An object of these members, without those that have no value.
  ///
  /// - Parameter members: Keys and values in the order to write; a `nil` leaves its key out.
  /// - Returns: The object.
  package static func object(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(members.compactMap { pair in pair.value.map { Member(key: pair.key, value: $0) } })
  }

  /// The value of a member, `nil` where this is no object or has none of that name.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The string that this is.
  package var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The integer that this is.
  package var int: Int? {
    guard case .int(let value) = self else { return nil }
    return value
  }

  /// The truth value that this is.
  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The values of the array that this is.
  package var array: [JSON]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// The members of the object that this is, in their order.
  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The time that this number of milliseconds is, to the microsecond; `nil` for one past what a microsecond count holds.
  package var duration: Duration? {
    switch self {
    case .milliseconds(let duration): return duration
    case .int(let value):
      return abs(Double(value)) < 9e15 ? .milliseconds(value) : nil
    case .double(let value):
      let microseconds = (value * 1_000).rounded()
      return abs(microseconds) < 9e15 ? .microseconds(Int64(microseconds)) : nil
    case .null, .bool, .string, .array, .object: return nil
    }
  }

  /// The value on one line.
  ///
  /// - Returns: JSON of RFC 8259 in ASCII alone: everything else, and every control character, is escaped.
  package func line() -> String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    case .double(let value): text += value.isFinite ? String(value) : "null"
    case .milliseconds(let duration): text += duration.millisecondsText(decimals: 3)
    case .string(let value): Self.write(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += #"\""#
      case "\\": text += #"\\"#
      case "\n": text += #"\n"#
      case "\r": text += #"\r"#
      case "\t": text += #"\t"#
      case " "..."~": text.unicodeScalars.append(scalar)
      default:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    text += "\""
  }
}
