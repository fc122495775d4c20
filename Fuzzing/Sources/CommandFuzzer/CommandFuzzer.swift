import Judges

private let fuzzer = LibFuzzer(.command)

#if LIBFUZZER
  /// What libFuzzer calls with every input.
  @_cdecl("LLVMFuzzerTestOneInput")
  package func testOneInput(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    fuzzer.run(UnsafeBufferPointer(start: octets, count: octets == nil ? 0 : count))
  }
#else
  @main
  private struct Replay {
    static func main() { fuzzer.replay(Array(CommandLine.arguments.dropFirst())) }
  }
#endif
