import Wire

extension ReplyPattern {
  /// What the enhanced status codes of a reply are like (RFC 2034 §4, RFC 3463 §2).
  package enum EnhancedPattern: Sendable, Equatable {
    /// The first line has none.
    case none
    /// Where ENHANCEDSTATUSCODES is offered, the first line has one of the reply's class.
    case requiredIfOffered
    /// The first line that has one has one of these: that every line has one is another requirement.
    case oneOf([Digits])
    /// Each line has one.
    case everyLine
    /// Those that there are have the same numbers.
    case same
    /// The class of those that there are is the first digit of the reply code.
    case agreeing
    /// Behind those that there are stands a space.
    case spaced
    /// No number of those that there are has a zero in front that it could do without.
    case withoutLeadingZeros
    /// Those that there are stand in the registry of RFC 5248.
    case registered

    /// Class, subject, detail; `nil` for any.
    package struct Digits: Sendable, Equatable {
      let numbers: [Int?]

      /// Reads `5.1.x`; `nil` where it is no such text.
      init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { $0 == "x" ? -1 : Int($0) ?? -2 }
        guard parts.count == 3, parts.allSatisfy({ (-1...999).contains($0) }) else { return nil }
        numbers = parts.map { $0 == -1 ? nil : $0 }
      }

      func matches(_ code: EnhancedStatusCode) -> Bool {
        zip(numbers, [Int(code.class), Int(code.subject), Int(code.detail)]).allSatisfy { $0 == nil || $0 == $1 }
      }
    }

    /// The words of the specs that are no code.
    static let words: [String: EnhancedPattern] = [
      "none": .none, "required-if-offered": .requiredIfOffered, "every-line": .everyLine, "same": .same, "agreeing": .agreeing,
      "spaced": .spaced, "no-leading-zeros": .withoutLeadingZeros, "registered": .registered,
    ]

    /// What does not fit; `nil` where all does.
    func mismatch(_ reply: Reply, in context: MatchContext) -> String? {
      switch self {
      case .none: return reply.enhancedCode.map { "the reply has the enhanced code \($0)" }
      case .requiredIfOffered:
        guard context.offersEnhancedCodes else { return nil }
        guard let code = reply.enhancedCode else { return "the reply has no enhanced code, though ENHANCEDSTATUSCODES is offered" }
        return Int(code.class) == Int(reply.code.value) / 100 ? nil : "the enhanced code \(code) is of another class than \(reply.code)"
      case .oneOf(let codes):
        guard let code = reply.lines.lazy.compactMap({ reply.enhancedCode(of: $0) }).first else { return "the reply has no enhanced code" }
        return codes.contains { $0.matches(code) } ? nil : "the enhanced code is \(code)"
      case .everyLine:
        let line = reply.lines.firstIndex { SpelledStatusCode(reply.text(of: $0))?.isWellFormed != true }
        return line.map { reply.lines.count == 1 ? "the reply has no enhanced code" : "line \($0 + 1) has no enhanced code" }
      case .same:
        let codes = reply.lines.compactMap { SpelledStatusCode(reply.text(of: $0))?.numbers }
        return codes.contains { $0 != codes.first } ? "its lines have different enhanced codes" : nil
      case .agreeing: return fault(of: reply, "is of another class than \(reply.code)") { $0.class != String(reply.code.value / 100) }
      case .spaced: return fault(of: reply, "has no space behind it") { !$0.isSpaced }
      case .withoutLeadingZeros: return fault(of: reply, "has a number that begins with a zero") { $0.hasLeadingZero }
      case .registered: return fault(of: reply, "is not registered") { !$0.isRegistered }
      }
    }

    /// What is wrong with the first code that is faulty; `nil` where none is.
    private func fault(of reply: Reply, _ words: String, where isFaulty: (SpelledStatusCode) -> Bool) -> String? {
      reply.lines.lazy.compactMap { SpelledStatusCode(reply.text(of: $0)) }.first(where: isFaulty).map {
        "the enhanced code \($0) \(words)"
      }
    }
  }
}

/// What stands at the front of a line's text and looks like an enhanced status code: three numbers with dots between, however long.
struct SpelledStatusCode: CustomStringConvertible {
  /// The three numbers as they are written.
  let numbers: [String]
  /// Whether a space follows.
  let isSpaced: Bool

  init?(_ text: ArraySlice<UInt8>) {
    var rest = text
    var numbers: [String] = []
    while numbers.count < 3 {
      let digits = rest.prefix(while: \.isDigit)
      guard !digits.isEmpty else { return nil }
      numbers.append(String(decoding: digits, as: UTF8.self))
      rest = rest.dropFirst(digits.count)
      guard numbers.count < 3 else { break }
      guard rest.first == UInt8.dot else { return nil }
      rest = rest.dropFirst()
    }
    guard rest.first != UInt8.dot else { return nil }
    self.numbers = numbers
    isSpaced = rest.first == UInt8.space
  }

  var `class`: String { numbers[0] }

  /// RFC 2034 §4: a class of 2, 4 or 5, and numbers of one to three digits.
  var isWellFormed: Bool { ["2", "4", "5"].contains(numbers[0]) && numbers.allSatisfy { $0.count <= 3 } }

  /// RFC 3463 §2.
  var hasLeadingZero: Bool { numbers.contains { $0.count > 1 && $0.hasPrefix("0") } }

  /// Whether subject and detail are those of RFC 3463 or of an RFC that has added to them since, up to RFC 8689.
  var isRegistered: Bool {
    guard let subject = Int(numbers[1]), let detail = Int(numbers[2]), let last = Self.lastDetails[subject] else { return false }
    return detail <= last
  }

  /// The last registered detail of each subject; none in between is free.
  private static let lastDetails = [0: 0, 1: 10, 2: 4, 3: 6, 4: 7, 5: 6, 6: 10, 7: 30]

  var description: String { numbers.joined(separator: ".") }
}
