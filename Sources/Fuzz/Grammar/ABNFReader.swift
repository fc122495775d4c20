/// Reads the text of ABNF, RFC 5234 §4.
///
/// A line that begins with white space goes on with the rule above it; there are no prose values.
struct ABNFReader {
  private let characters: [UInt8]
  private var position = 0

  init(text: String) {
    characters = Array(text.utf8)
  }

  mutating func read(into grammar: inout Grammar) throws(Grammar.Fault) {
    skipBlank(lines: true)
    while position < characters.count {
      let name = try ruleName()
      skipBlank(lines: false)
      try expect("=")
      let adds = take("/")
      let number = grammar.number(name)
      let expression = try alternatives(&grammar)
      switch (grammar.rules[number].expression, adds) {
      case (nil, false): grammar.rules[number].expression = expression
      case (let old?, true): grammar.rules[number].expression = .alternatives([old, expression])
      case (nil, true): throw fault("'\(name)' is added to before it is defined")
      case (.some, false): throw fault("'\(name)' is defined twice")
      }
      skipBlank(lines: true)
    }
  }

  // MARK: Expressions

  private mutating func alternatives(_ grammar: inout Grammar) throws(Grammar.Fault) -> Expression {
    var choices = [try sequence(&grammar)]
    while true {
      skipBlank(lines: false)
      guard take("/") else { break }
      choices.append(try sequence(&grammar))
    }
    return choices.count == 1 ? choices[0] : .alternatives(choices)
  }

  private mutating func sequence(_ grammar: inout Grammar) throws(Grammar.Fault) -> Expression {
    var parts: [Expression] = []
    while true {
      skipBlank(lines: false)
      guard let next = current, next != UInt8(ascii: "/"), next != UInt8(ascii: ")"), next != UInt8(ascii: "]"), next != UInt8(ascii: "\n")
      else { break }
      parts.append(try repetition(&grammar))
    }
    guard !parts.isEmpty else { throw fault("an element is missing") }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repetition(_ grammar: inout Grammar) throws(Grammar.Fault) -> Expression {
    let least = number(radix: 10)
    guard take("*") else {
      let element = try element(&grammar)
      return least.map { .repeated(element, least: $0, most: $0) } ?? element
    }
    let most = number(radix: 10)
    return .repeated(try element(&grammar), least: least ?? 0, most: most)
  }

  private mutating func element(_ grammar: inout Grammar) throws(Grammar.Fault) -> Expression {
    if take("(") {
      let inner = try alternatives(&grammar)
      skipBlank(lines: false)
      try expect(")")
      return inner
    }
    if take("[") {
      let inner = try alternatives(&grammar)
      skipBlank(lines: false)
      try expect("]")
      return .repeated(inner, least: 0, most: 1)
    }
    if take("\"") { return .word(try quoted(), ignoringCase: true) }
    if take("%") { return try value() }
    return .rule(grammar.number(try ruleName()))
  }

  private mutating func quoted() throws(Grammar.Fault) -> [UInt8] {
    let start = position
    while let next = current, next != UInt8(ascii: "\""), next != UInt8(ascii: "\n") { position += 1 }
    let octets = Array(characters[start..<position])
    try expect("\"")
    return octets
  }

  /// `%d33-60`, `%x0D.0A`, `%s"text"`.
  private mutating func value() throws(Grammar.Fault) -> Expression {
    if take("s") {
      try expect("\"")
      return .word(try quoted(), ignoringCase: false)
    }
    let radix = take("d") ? 10 : take("x") ? 16 : take("b") ? 2 : 0
    guard radix > 0, let first = octet(radix) else { throw fault("a value has no number") }
    if take("-") {
      guard let last = octet(radix), first <= last else { throw fault("a range has no end") }
      return .octet(first...last)
    }
    var octets = [first]
    while take(".") {
      guard let next = octet(radix) else { throw fault("a value has no number") }
      octets.append(next)
    }
    return octets.count == 1 ? .octet(first...first) : .word(octets, ignoringCase: false)
  }

  // MARK: Characters

  private var current: UInt8? { position < characters.count ? characters[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Grammar.Fault) {
    guard take(character) else { throw fault("'\(character)' is missing") }
  }

  private mutating func octet(_ radix: Int) -> UInt8? { number(radix: radix).flatMap { UInt8(exactly: $0) } }

  private mutating func number(radix: Int) -> Int? {
    let start = position
    while let next = current, Character(Unicode.Scalar(next)).hexDigitValue.map({ $0 < radix }) == true, position - start < 9 {
      position += 1
    }
    return Int(String(decoding: characters[start..<position], as: UTF8.self), radix: radix)
  }

  private mutating func ruleName() throws(Grammar.Fault) -> String {
    let start = position
    while let next = current,
      next == UInt8(ascii: "-") || Character(Unicode.Scalar(next)).isLetter || Character(Unicode.Scalar(next)).isNumber
    {
      position += 1
    }
    guard position > start else { throw fault("a rule's name is missing") }
    return String(decoding: characters[start..<position], as: UTF8.self)
  }

  /// Skips white space, comments, and line ends where the next line is indented or where lines are skipped anyway.
  private mutating func skipBlank(lines: Bool) {
    while let next = current {
      if next == UInt8(ascii: ";") {
        while let inside = current, inside != UInt8(ascii: "\n") { position += 1 }
      } else if next == UInt8(ascii: " ") {
        position += 1
      } else if next == UInt8(ascii: "\n") {
        let after = position + 1 < characters.count ? characters[position + 1] : 0
        guard lines || after == UInt8(ascii: " ") else { return }
        position += 1
      } else {
        return
      }
    }
  }

  private func fault(_ message: String) -> Grammar.Fault {
    let line = characters[..<min(position, characters.count)].count { $0 == UInt8(ascii: "\n") } + 1
    return Grammar.Fault(message: "line \(line): \(message)")
  }
}
