import Foundation

/// What people read beside the report.
enum StandardError {
  /// Says one thing, after the program's name.
  static func say(_ message: String) {
    write("smtpspec: \(message)")
  }

  /// Writes a text and ends its line.
  ///
  /// Where even this cannot be written there is nobody to tell.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}
