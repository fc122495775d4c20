import Judges

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Fuzzes one of our parsers in process, led by the edges that an input takes: `EdgeFuzzer reply --seconds 30`.
@main
struct EdgeFuzzer {
  static func main() {
    do throws(Options.Mistake) {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      let engine = Engine(options)
      exit(engine.run() ? 0 : 1)
    } catch {
      let text = Array("EdgeFuzzer: \(error.message)\n\(Options.usage)\n".utf8)
      _ = write(STDERR_FILENO, text, text.count)
      exit(2)
    }
  }
}

/// What the arguments say.
struct Options {
  /// An argument that cannot be.
  struct Mistake: Error { let message: String }

  static let usage =
    "usage: EdgeFuzzer reply|command|mail-data [--seconds N] [--runs N] [--seed N] [--longest OCTETS] [--output FOLDER] [--seeds FOLDER] [--bare]"

  let entry: Entry
  private(set) var seconds = 60.0
  private(set) var runs = UInt64.max
  private(set) var seed: UInt64 = 1
  private(set) var longest = 1_024
  private(set) var output = "."
  /// Where the first inputs are written, for another engine to begin with the same.
  private(set) var seeds: String?
  /// Whether nothing is judged: only the parser runs.
  private(set) var isBare = false

  init(_ arguments: [String]) throws(Mistake) {
    guard let name = arguments.first, let entry = Entry(rawValue: name) else { throw Mistake(message: "which parser?") }
    self.entry = entry
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
      if option == "--bare" {
        isBare = true
        continue
      }
      guard let value = rest.popFirst() else { throw Mistake(message: "\(option) has a value") }
      switch (option, Double(value), UInt64(value)) {
      case ("--seconds", let number?, _) where number > 0: seconds = number
      case ("--runs", _, let number?) where number > 0: runs = number
      case ("--seed", _, let number?): seed = number
      case ("--longest", _, let number?) where (16...65_536).contains(number): longest = Int(number)
      case ("--output", _, _): output = value
      case ("--seeds", _, _): seeds = value
      default: throw Mistake(message: "\(option) \(value)?")
      }
    }
  }
}
