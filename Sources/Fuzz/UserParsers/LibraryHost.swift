internal import CParser
import Wire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The process in which a user's library runs: it reads requests from standard input, calls the library, and writes the answers.
package struct LibraryHost {
  /// Why there is no library to call.
  package struct LoadFailure: Error, Sendable, Equatable {
    /// In the linker's words.
    package let message: String
  }

  private typealias Function = @convention(c) (UnsafePointer<UInt8>?, Int, Int, UnsafeMutablePointer<smtpspec_result>?) -> Int32
  private let functions: [ParserKind: Function]
  /// As long as the longest value that is written again.
  private static let capacity = 1 << 16

  /// Loads the library.
  ///
  /// - Throws: ``LoadFailure``: it cannot be loaded, or has none of the functions.
  package init(_ path: String) throws(LoadFailure) {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw LoadFailure(message: dlerror().map { String(cString: $0) } ?? "it cannot be loaded")
    }
    var functions: [ParserKind: Function] = [:]
    for kind in ParserKind.allCases {
      guard let symbol = dlsym(library, kind.function) else { continue }
      functions[kind] = unsafeBitCast(symbol, to: Function.self)
    }
    guard !functions.isEmpty else {
      let names = ParserKind.allCases.map(\.function).joined(separator: ", ")
      throw LoadFailure(message: "it defines none of \(names)")
    }
    self.functions = functions
  }

  /// Answers until standard input ends.
  package func run() {
    // What the library prints must not stand among the answers.
    let answers = dup(1)
    dup2(2, 1)
    guard answers >= 0 else { return }
    var unread: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      unread += buffer.prefix(count)
      var rest = unread[...]
      // Each answer goes out at once, so that the one that is missing names the input that ended the process.
      while let frame = (try? ParserFrames.take(from: &rest)) ?? nil {
        guard let request = ParserFrames.request(in: frame), send(ParserFrames.encode(answer(request)), to: answers) else { return }
      }
      unread = Array(rest)
    }
  }

  private func answer(_ request: ParserRequest) -> ParserAnswer {
    guard let function = functions[request.kind] else { return .none }
    // A buffer of just the input's size, on the heap, lets AddressSanitizer see each octet that is read beyond it.
    let input = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, request.octets.count))
    let written = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.capacity)
    defer {
      input.deallocate()
      written.deallocate()
    }
    input.update(from: request.octets, count: request.octets.count)
    var result = smtpspec_result()
    result.written = written
    result.written_capacity = Self.capacity
    result.written_count = -1
    let outcome = function(input, request.octets.count, request.cut, &result)
    switch UInt32(bitPattern: outcome) {
    case UInt32(SMTPSPEC_ACCEPTED.rawValue):
      let count = result.written_count
      let text = (0...Self.capacity).contains(count) ? Array(UnsafeBufferPointer(start: written, count: count)) : nil
      return .accepted(consumed: result.consumed, written: text)
    case UInt32(SMTPSPEC_INCOMPLETE.rawValue): return .incomplete
    case UInt32(SMTPSPEC_REFUSED.rawValue): return .refused
    default: return .none
    }
  }

  private func send(_ octets: [UInt8], to descriptor: Int32) -> Bool {
    var sent = 0
    while sent < octets.count {
      let count = octets.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: sent), octets.count - sent) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
