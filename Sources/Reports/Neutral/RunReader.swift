#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why a file is not the report of a run, with the line where that shows.
package struct RunReaderError: Error, Equatable, CustomStringConvertible {
  /// The file, as it was named.
  package let file: String
  /// The line, from 1; 0 for the file as a whole.
  package let line: Int
  /// What is wrong.
  package let message: String

  /// A fault of a file, or of one of its lines.
  package init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `events.jsonl:12: 'verdict' is missing`.
  package var description: String {
    line == 0 ? "\(Visible.line(file)): \(message)" : "\(Visible.line(file)):\(line): \(message)"
  }
}

/// Reads the events of a run, `docs/events.md`, back into the neutral report.
///
/// Any octets are read or refused, and nothing past the limits is held. A report whose writer was killed is read as far as it
/// goes: a last line that is cut is left out, and the run has no summary.
package struct RunReader {
  /// The most octets of one line.
  package static let lineLimit = 32 << 20
  /// The most octets of one file.
  package static let fileLimit = 2 << 30

  private let file: String
  private let lineLimit: Int
  private var line = 0
  private var record: RunRecord?

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - lineLimit: The most octets of one line.
  /// - Returns: The run that it tells of.
  /// - Throws: ``RunReaderError`` where it cannot be read, or a line is not what `docs/events.md` says.
  package static func read(path: String, lineLimit: Int = Self.lineLimit) throws(RunReaderError) -> RunRecord {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RunReaderError(file: path, line: 0, message: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var reader = RunReader(file: path, lineLimit: lineLimit)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var pending: [UInt8] = []
    var total = 0
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw RunReaderError(file: path, line: 0, message: String(cString: strerror(errno))) }
      guard count > 0 else { break }
      total += count
      guard total <= fileLimit else { throw RunReaderError(file: path, line: 0, message: "has more than \(fileLimit) octets") }
      pending += chunk[..<count]
      try reader.takeLines(from: &pending)
    }
    return try reader.finish(pending)
  }

  /// Reads octets.
  ///
  /// - Parameters:
  ///   - octets: A file's, all of them.
  ///   - file: How errors name it.
  /// - Returns: The run that they tell of.
  /// - Throws: ``RunReaderError`` where a line is not what `docs/events.md` says.
  package static func read(_ octets: [UInt8], file: String) throws(RunReaderError) -> RunRecord {
    var reader = RunReader(file: file, lineLimit: Self.lineLimit)
    var pending = octets
    try reader.takeLines(from: &pending)
    return try reader.finish(pending)
  }

  private init(file: String, lineLimit: Int) {
    self.file = file
    self.lineLimit = lineLimit
  }

  /// Takes every whole line from the front.
  private mutating func takeLines(from pending: inout [UInt8]) throws(RunReaderError) {
    var start = 0
    while let end = pending[start...].firstIndex(of: 0x0A) {
      line += 1
      guard end - start <= lineLimit else { throw failure("has more than \(lineLimit) octets") }
      try take(pending[start..<end])
      start = end + 1
    }
    pending.removeFirst(start)
    guard pending.count <= lineLimit else {
      line += 1
      throw failure("has more than \(lineLimit) octets")
    }
  }

  /// The run, once every octet was seen.
  private mutating func finish(_ rest: [UInt8]) throws(RunReaderError) -> RunRecord {
    if !rest.isEmpty {
      // Without its line feed the last line may be cut anywhere, even where what is left of it happens to be JSON.
      line += 1
      guard record != nil else { throw failure("this is no events file of smtpspec: it ends within its first line") }
      record?.isCut = true
    }
    guard let record else { throw RunReaderError(file: file, line: 0, message: "holds no event") }
    return record
  }

  private mutating func take(_ octets: ArraySlice<UInt8>) throws(RunReaderError) {
    guard !octets.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) else { return }
    let value: JSON
    do throws(JSONSyntaxError) {
      value = try JSON.parse(octets.span)
    } catch {
      throw failure("is no JSON from column \(error.offset + 1) on")
    }
    do throws(FieldError) {
      let fields = try Fields(value, what: "the line")
      if record == nil {
        record = RunRecord(head: try RunHead(fields))
      } else if fields.optional("schema") != nil {
        throw FieldError(message: "a second run begins here, and one file holds one run")
      }
      let event = try EventRecord(fields)
      guard record?.add(event) == true else { throw FieldError(message: "the case has a verdict already") }
    } catch {
      throw failure(error.message)
    }
  }

  private func failure(_ message: String) -> RunReaderError {
    RunReaderError(file: file, line: line, message: message)
  }
}

/// The system's `read`, by another name than the method's.
private func systemRead(_ descriptor: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, base, count)
}
