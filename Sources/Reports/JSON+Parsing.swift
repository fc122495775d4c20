import Wire

/// Why a text is no JSON.
package struct JSONSyntaxError: Error, Equatable {
  /// What is wrong.
  package enum Kind: Sendable, Equatable {
    /// The text ends within a value.
    case endsEarly
    /// An octet that no value can have in that place.
    case unexpected
    /// A string that is not UTF-8, or an escape that names no character.
    case badString
    /// A number that JSON does not know, or too large to hold.
    case badNumber
    /// Arrays and objects within each other past ``JSON/depthLimit``.
    case tooDeep
  }

  /// What is wrong.
  package let kind: Kind
  /// Where, in octets from 0.
  package let offset: Int

  /// A fault at a place.
  package init(kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

extension JSON {
  /// How deep arrays and objects may nest; no report comes near it.
  package static let depthLimit = 64

  /// Reads one value, and nothing behind it but white space.
  ///
  /// - Parameter octets: JSON of RFC 8259, in UTF-8.
  /// - Returns: The value. Of two members of one name both are kept, and the first is found.
  /// - Throws: ``JSONSyntaxError`` with the place of the first fault.
  package static func parse(_ octets: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    var place = 0
    let value = try value(of: octets, at: &place, depth: 0)
    skipSpace(octets, &place)
    guard place == octets.count else { throw JSONSyntaxError(kind: .unexpected, offset: place) }
    return value
  }

  private static func value(of octets: Span<UInt8>, at place: inout Int, depth: Int) throws(JSONSyntaxError) -> JSON {
    guard depth < depthLimit else { throw JSONSyntaxError(kind: .tooDeep, offset: place) }
    skipSpace(octets, &place)
    guard place < octets.count else { throw JSONSyntaxError(kind: .endsEarly, offset: place) }
    switch octets[place] {
    case UInt8.quote: return .string(try string(of: octets, at: &place))
    case UInt8(ascii: "{"): return try object(of: octets, at: &place, depth: depth)
    case UInt8(ascii: "["): return try array(of: octets, at: &place, depth: depth)
    case UInt8(ascii: "t"): return try word("true", .bool(true), of: octets, at: &place)
    case UInt8(ascii: "f"): return try word("false", .bool(false), of: octets, at: &place)
    case UInt8(ascii: "n"): return try word("null", .null, of: octets, at: &place)
    default: return try number(of: octets, at: &place)
    }
  }

  private static func object(of octets: Span<UInt8>, at place: inout Int, depth: Int) throws(JSONSyntaxError) -> JSON {
    var members: [Member] = []
    place += 1
    skipSpace(octets, &place)
    if takes(UInt8(ascii: "}"), octets, &place) { return .object(members) }
    while true {
      skipSpace(octets, &place)
      guard place < octets.count else { throw JSONSyntaxError(kind: .endsEarly, offset: place) }
      guard octets[place] == UInt8.quote else { throw JSONSyntaxError(kind: .unexpected, offset: place) }
      let key = try string(of: octets, at: &place)
      skipSpace(octets, &place)
      try expect(.colon, octets, &place)
      members.append(Member(key: key, value: try value(of: octets, at: &place, depth: depth + 1)))
      skipSpace(octets, &place)
      if takes(UInt8(ascii: "}"), octets, &place) { return .object(members) }
      try expect(UInt8(ascii: ","), octets, &place)
    }
  }

  private static func array(of octets: Span<UInt8>, at place: inout Int, depth: Int) throws(JSONSyntaxError) -> JSON {
    var values: [JSON] = []
    place += 1
    skipSpace(octets, &place)
    if takes(UInt8(ascii: "]"), octets, &place) { return .array(values) }
    while true {
      values.append(try value(of: octets, at: &place, depth: depth + 1))
      skipSpace(octets, &place)
      if takes(UInt8(ascii: "]"), octets, &place) { return .array(values) }
      try expect(UInt8(ascii: ","), octets, &place)
    }
  }

  private static func word(_ word: StaticString, _ value: JSON, of octets: Span<UInt8>, at place: inout Int) throws(JSONSyntaxError) -> JSON
  {
    for octet in Array("\(word)".utf8) { try expect(octet, octets, &place) }
    return value
  }

  /// A number: an integer where it is written as one and fits, else a `Double`.
  private static func number(of octets: Span<UInt8>, at place: inout Int) throws(JSONSyntaxError) -> JSON {
    let start = place
    var isInteger = true
    _ = takes(UInt8(ascii: "-"), octets, &place)
    let whole = digits(octets, &place)
    guard whole > 0 else { throw JSONSyntaxError(kind: place < octets.count ? .unexpected : .endsEarly, offset: place) }
    guard whole == 1 || octets[place - whole] != .zero else { throw JSONSyntaxError(kind: .badNumber, offset: start) }
    if takes(UInt8(ascii: "."), octets, &place) {
      isInteger = false
      guard digits(octets, &place) > 0 else { throw JSONSyntaxError(kind: .badNumber, offset: place) }
    }
    if takes(UInt8(ascii: "e"), octets, &place) || takes(UInt8(ascii: "E"), octets, &place) {
      isInteger = false
      if !takes(UInt8(ascii: "+"), octets, &place) { _ = takes(UInt8(ascii: "-"), octets, &place) }
      guard digits(octets, &place) > 0 else { throw JSONSyntaxError(kind: .badNumber, offset: place) }
    }
    let text = text(of: octets, start..<place)
    if isInteger, let value = Int(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw JSONSyntaxError(kind: .badNumber, offset: start) }
    return .double(value)
  }

  private static func string(of octets: Span<UInt8>, at place: inout Int) throws(JSONSyntaxError) -> String {
    let start = place
    place += 1
    var run = place
    var decoded: [UInt8]?
    while place < octets.count {
      let octet = octets[place]
      switch octet {
      case UInt8.quote:
        var whole = decoded ?? []
        if decoded != nil { append(octets, run..<place, to: &whole) }
        let text = String(validating: decoded == nil ? octets.octets(run..<place) : whole, as: UTF8.self)
        guard let text else { throw JSONSyntaxError(kind: .badString, offset: start) }
        place += 1
        return text
      case UInt8(ascii: "\\"):
        var whole = decoded ?? []
        append(octets, run..<place, to: &whole)
        try escape(of: octets, at: &place, to: &whole)
        decoded = whole
        run = place
      case 0..<0x20: throw JSONSyntaxError(kind: .badString, offset: place)
      default: place += 1
      }
    }
    throw JSONSyntaxError(kind: .endsEarly, offset: place)
  }

  private static func escape(of octets: Span<UInt8>, at place: inout Int, to decoded: inout [UInt8]) throws(JSONSyntaxError) {
    let start = place
    guard place + 1 < octets.count else { throw JSONSyntaxError(kind: .endsEarly, offset: octets.count) }
    let letter = octets[place + 1]
    place += 2
    switch letter {
    case UInt8.quote, UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(letter)
    case UInt8(ascii: "n"): decoded.append(.lineFeed)
    case UInt8(ascii: "r"): decoded.append(.carriageReturn)
    case UInt8(ascii: "t"): decoded.append(.tab)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "u"):
      var value = UInt32(try unit(of: octets, at: &place))
      if (0xD800..<0xDC00).contains(value) {
        try expect(UInt8(ascii: "\\"), octets, &place)
        try expect(UInt8(ascii: "u"), octets, &place)
        let low = UInt32(try unit(of: octets, at: &place))
        guard (0xDC00..<0xE000).contains(low) else { throw JSONSyntaxError(kind: .badString, offset: start) }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw JSONSyntaxError(kind: .badString, offset: start) }
      decoded.append(contentsOf: String(scalar).utf8)
    default: throw JSONSyntaxError(kind: .badString, offset: start)
    }
  }

  /// Four hexadecimal digits.
  private static func unit(of octets: Span<UInt8>, at place: inout Int) throws(JSONSyntaxError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard place < octets.count else { throw JSONSyntaxError(kind: .endsEarly, offset: place) }
      guard let digit = octets[place].hexDigitValue else { throw JSONSyntaxError(kind: .badString, offset: place) }
      value = value << 4 | UInt16(digit)
      place += 1
    }
    return value
  }

  // MARK: Octets

  private static func skipSpace(_ octets: Span<UInt8>, _ place: inout Int) {
    while place < octets.count {
      switch octets[place] {
      case 0x20, .tab, .lineFeed, .carriageReturn: place += 1
      default: return
      }
    }
  }

  private static func takes(_ octet: UInt8, _ octets: Span<UInt8>, _ place: inout Int) -> Bool {
    guard place < octets.count, octets[place] == octet else { return false }
    place += 1
    return true
  }

  private static func expect(_ octet: UInt8, _ octets: Span<UInt8>, _ place: inout Int) throws(JSONSyntaxError) {
    guard place < octets.count else { throw JSONSyntaxError(kind: .endsEarly, offset: place) }
    guard takes(octet, octets, &place) else { throw JSONSyntaxError(kind: .unexpected, offset: place) }
  }

  private static func digits(_ octets: Span<UInt8>, _ place: inout Int) -> Int {
    let start = place
    while place < octets.count, octets[place].isDigit { place += 1 }
    return place - start
  }

  private static func append(_ octets: Span<UInt8>, _ range: Range<Int>, to whole: inout [UInt8]) {
    whole.reserveCapacity(whole.count + range.count)
    for index in range { whole.append(octets[index]) }
  }

  private static func text(of octets: Span<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: octets.octets(range), as: UTF8.self)
  }
}
