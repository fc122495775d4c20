/// A JSON value whose objects keep the order of their keys, so that a line reads the same in every run.
package indirect enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
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
