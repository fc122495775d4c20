import Foundation
import Wire

/// What a sanitizer, or a runtime that traps, said of a crash.
package struct SanitizerReport: Sendable, Equatable {
  /// One line that tells it from others, such as `heap-buffer-overflow parse.c:12 in parse_line`.
  package let summary: String

  private static let beginnings = ["SUMMARY: ", "Fatal error: ", "panic: ", "fatal runtime error: "]

  /// Finds a report in what a process wrote to standard error; `nil` where there is none.
  package init?(in output: [UInt8]) {
    var found: String?
    for line in output.split(separator: .lineFeed) {
      let text = String(decoding: line, as: UTF8.self)
      // UndefinedBehaviorSanitizer has no summary where it goes on.
      if let range = text.range(of: "runtime error: ") { found = found ?? String(text[range.upperBound...]) }
      for beginning in Self.beginnings {
        guard let range = text.range(of: beginning) else { continue }
        found = beginning == "SUMMARY: " ? String(text[range.upperBound...]) : found ?? String(text[range.lowerBound...])
      }
    }
    guard let found else { return nil }
    summary = Escaped.show(found, limit: 200)
  }
}
