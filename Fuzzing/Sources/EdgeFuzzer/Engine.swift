import CEdges
import Judges
import Wire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The loop: take an input that reached something, change it, parse it, and keep it where it reaches something new.
struct Engine {
  private let options: Options
  private let targets: [any ParserTarget]

  /// How often an input that reaches nothing new is held to the grammar all the same.
  private static let sample: UInt64 = 1 << 16
  /// How many inputs come of one entry before another is taken.
  private static let turns = 64
  /// A run that takes longer hangs.
  private static let patience: UInt32 = 5

  init(_ options: Options) {
    self.options = options
    if options.isBare {
      targets = []
    } else {
      do throws(Grammar.Fault) { targets = try options.entry.targets() } catch { fatalError(error.message) }
    }
  }

  /// Runs until the time or the runs are over.
  ///
  /// - Returns: Whether nothing was found.
  func run() -> Bool {
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: options.longest)
    let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    let runs = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    count.pointee = 0
    runs.pointee = 0
    guard let start = input.baseAddress else { return false }
    guard_install(start, count, runs, "\(options.output)/crash-\(options.entry.rawValue)", Self.patience)
    var mutator = BufferMutator(buffer: input, seed: options.seed)
    var corpus: [[UInt8]] = []
    var faults: Set<String> = []
    corpus = seeds()
    edges_clear()
    for entry in corpus { entry.withUnsafeBufferPointer { options.entry.parse($0) } }
    _ = edges_collect()
    let began = Self.seconds
    var next = 0
    while runs.pointee < options.runs {
      // The newest entries come more often: they are the least explored ones.
      next = mutator.chance(of: 2) ? corpus.count - 1 - mutator.below(min(corpus.count, 32)) : mutator.below(corpus.count)
      let entry = corpus[next]
      edges_record_operands(1)
      entry.withUnsafeBufferPointer { options.entry.parse($0) }
      edges_record_operands(0)
      edges_clear()
      for _ in 0..<Self.turns {
        mutator.change(entry, other: corpus)
        count.pointee = mutator.count
        options.entry.parse(UnsafeBufferPointer(start: start, count: mutator.count))
        runs.pointee &+= 1
        let isNew = edges_collect() > 0
        guard isNew || runs.pointee & (Self.sample - 1) == 0 else { continue }
        let octets = Array(input[..<mutator.count])
        if isNew { corpus.append(octets) }
        judge(octets, &faults)
      }
      if runs.pointee & 0x3FFF < Self.turns, Self.seconds - began > options.seconds { break }
    }
    report(runs.pointee, Self.seconds - began, corpus.count)
    return faults.isEmpty
  }

  /// What stands here comes from the grammar, so that the first minute is not spent on finding "250"; `--seeds` has a folder get them too.
  private func seeds() -> [[UInt8]] {
    var random = RunGenerator(seed: options.seed, run: 0)
    let makers = targets.isEmpty ? (try? options.entry.targets()) ?? [] : targets
    let seeds = (0..<64).flatMap { _ in makers.map { Array($0.generate(using: &random).prefix(options.longest)) } }
    guard let folder = options.seeds else { return seeds }
    for (number, seed) in seeds.enumerated() {
      guard let file = fopen("\(folder)/\(number)", "wb") else { fatalError("\(folder)/\(number) cannot be written") }
      _ = fwrite(seed, 1, seed.count, file)
      fclose(file)
    }
    return seeds
  }

  /// Holds an input to the grammar, and shows each kind of fault once.
  private func judge(_ octets: [UInt8], _ faults: inout Set<String>) {
    for target in targets {
      // The recogniser follows every derivation, so that long inputs take long.
      for fault in target.check(Array(octets.prefix(600))).faults where faults.insert("\(target.name) \(fault.rule.rawValue)").inserted {
        let small = OctetMinimizer.minimize(octets) { target.check($0).faults.contains { $0.rule == fault.rule } }
        print("\(target.name): \(fault.rule.rawValue): \(fault.detail)\n  input \(Escaped.show(small))")
      }
    }
    edges_clear()
  }

  private func report(_ runs: UInt64, _ seconds: Double, _ inputs: Int) {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      let memory = usage.ru_maxrss >> 20
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let memory = usage.ru_maxrss >> 10
    #endif
    let cpu = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    let rate = Int(Double(runs) / max(seconds, 0.001))
    print(
      "\(options.entry.rawValue): \(runs) runs, \(rate) a second, \(Int(Double(runs) / max(cpu, 0.001))) a CPU second, \(edges_covered()) of \(edges_count()) edges, \(inputs) inputs, peak \(memory) MiB"
    )
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
