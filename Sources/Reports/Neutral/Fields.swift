/// Why an object's member cannot be read.
struct FieldError: Error, Equatable {
  /// What is wrong, in words that name the member.
  let message: String
}

/// The members of one object, for reading them by name; those that nobody asks for are passed over.
struct Fields {
  private let members: [String: JSON]

  /// The fields of an object.
  ///
  /// - Parameters:
  ///   - value: Any value.
  ///   - what: How an error names it.
  /// - Throws: ``FieldError`` where it is no object.
  init(_ value: JSON, what: String) throws(FieldError) {
    guard let members = value.members else { throw FieldError(message: "\(what) is no object") }
    self.members = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The member of that name, if there is one.
  func optional(_ key: String) -> JSON? {
    members[key]
  }

  func string(_ key: String) throws(FieldError) -> String {
    guard let value = try value(key).string else { throw FieldError(message: "'\(key)' is no string") }
    return value
  }

  func int(_ key: String) throws(FieldError) -> Int {
    guard let value = try value(key).int else { throw FieldError(message: "'\(key)' is no integer") }
    return value
  }

  func bool(_ key: String) throws(FieldError) -> Bool {
    guard let value = try value(key).bool else { throw FieldError(message: "'\(key)' is neither true nor false") }
    return value
  }

  func duration(_ key: String) throws(FieldError) -> Duration {
    guard let value = try value(key).duration else { throw FieldError(message: "'\(key)' is no number of milliseconds") }
    return value
  }

  /// A list of strings; none where the member is missing.
  func strings(_ key: String) throws(FieldError) -> [String] {
    guard let value = members[key] else { return [] }
    guard let values = value.array else { throw FieldError(message: "'\(key)' is no list") }
    var strings: [String] = []
    for value in values {
      guard let text = value.string else { throw FieldError(message: "'\(key)' holds something else than strings") }
      strings.append(text)
    }
    return strings
  }

  /// A word of a closed set.
  func word<Word: RawRepresentable & CaseIterable>(_ key: String) throws(FieldError) -> Word where Word.RawValue == String {
    let text = try string(key)
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw FieldError(message: "'\(key)' is '\(Visible.line(text, limit: 40))', not one of \(known)")
    }
    return word
  }

  private func value(_ key: String) throws(FieldError) -> JSON {
    guard let value = members[key] else { throw FieldError(message: "'\(key)' is missing") }
    return value
  }
}
