/// An end of a line.
package enum LineEnd: Sendable, Hashable, CaseIterable {
  /// CRLF, the only one that SMTP has (RFC 5321 §2.3.8).
  case crlf
  /// LF without a CR.
  case lf
  /// CR without an LF.
  case cr
}

/// Reads command lines, however they are cut, RFC 5321 §2.3.8.
package struct LineReader: Sendable {
  /// A line that has ended.
  package enum Line: Sendable, Equatable {
    /// The line without its end.
    case line(Octets)
    /// A line over the limit, whose octets were forgotten, and how many it had with its end.
    case tooLong(Int)
  }

  /// What a read did.
  package struct Progress: Sendable, Equatable {
    /// How many octets were read: up to the line's end, or all.
    package let consumed: Int
    /// The line, once it has ended.
    package let line: Line?

    /// Tells what was read, and the line if one has ended.
    package init(consumed: Int, line: Line?) {
      self.consumed = consumed
      self.line = line
    }
  }

  /// The longest line in octets, its end included; to be changed between two lines only.
  package var limit: Int
  private let ends: Set<LineEnd>
  private var octets: Octets = []
  private var count = 0
  private var previous: UInt8?

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - limit: The longest line in octets, its end included.
  ///   - ends: What ends a line. Anything but the default is a fault of the server: the reference server has such faults on purpose.
  package init(limit: Int = Limits.commandLine, ends: Set<LineEnd> = [.crlf]) {
    self.limit = limit
    self.ends = ends
  }

  /// Whether no octet of the next line has come yet.
  package var isEmpty: Bool { count == 0 }

  /// Reads octets up to the end of a line.
  package mutating func read(_ input: Span<UInt8>) -> Progress {
    var index = 0
    while index < input.count {
      let octet = input[index]
      index += 1
      count += 1
      let afterCR = previous == .carriageReturn
      previous = octet
      if count <= limit { octets.append(octet) }
      let end: LineEnd? =
        switch octet {
        case .lineFeed where afterCR && ends.contains(.crlf): .crlf
        case .lineFeed where ends.contains(.lf): .lf
        case .carriageReturn where ends.contains(.cr): .cr
        default: nil
        }
      guard let end else { continue }
      return Progress(consumed: index, line: finish(end == .crlf ? 2 : 1))
    }
    return Progress(consumed: index, line: nil)
  }

  private mutating func finish(_ endLength: Int) -> Line {
    defer {
      octets.removeAll(keepingCapacity: true)
      count = 0
      previous = nil
    }
    guard count <= limit else { return .tooLong(count) }
    return .line(Octets(octets.dropLast(endLength)))
  }
}
