#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// posix_spawn(3) with what ``ChildProcess`` needs of it.
enum Spawning {
  /// Starts a program in a process group of its own, with no descriptor but the standard ones and no signal blocked or ignored.
  static func start(
    _ arguments: [[UInt8]], environment: [String: String], input: Int32?, output: Int32, errors: Int32
  ) throws(ChildProcess.StartFailure) -> Int32 {
    guard let program = arguments.first, !program.isEmpty else { throw ChildProcess.StartFailure(message: "there is no command") }
    guard !arguments.contains(where: { $0.contains(0) }) else {
      throw ChildProcess.StartFailure(message: "an argument holds a NUL")
    }
    var actions = Actions()
    defer { actions.destroy() }
    if let input { actions.duplicate(input, to: 0) } else { actions.openNothing(as: 0) }
    actions.duplicate(output, to: 1)
    actions.duplicate(errors, to: 2)
    var attributes = Attributes()
    defer { attributes.destroy() }
    let variables = ProcessEnvironment.merged(with: environment)
    var identifier: pid_t = 0
    let code = withCStrings(arguments) { arguments in
      withCStrings(variables) { variables -> Int32 in
        guard let program = arguments[0] else { return ENOENT }
        return posix_spawnp(&identifier, program, &actions.value, &attributes.value, arguments, variables)
      }
    }
    guard code == 0 else { throw ChildProcess.StartFailure(message: text(of: code)) }
    return identifier
  }

  /// The system's words for an error number.
  static func text(of code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return buffer.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func withCStrings<Result>(_ texts: [[UInt8]], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    let pointers: [UnsafeMutablePointer<CChar>] = texts.map { text in
      let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
      for (index, octet) in text.enumerated() { pointer[index] = CChar(bitPattern: octet) }
      pointer[text.count] = 0
      return pointer
    }
    defer { for pointer in pointers { pointer.deallocate() } }
    return body(pointers + [nil])
  }

  #if canImport(Darwin)
    private typealias RawActions = posix_spawn_file_actions_t?
    private typealias RawAttributes = posix_spawnattr_t?
  #else
    private typealias RawActions = posix_spawn_file_actions_t
    private typealias RawAttributes = posix_spawnattr_t
  #endif

  /// What happens to the descriptors.
  private struct Actions {
    var value: RawActions

    init() {
      #if canImport(Darwin)
        value = nil
      #else
        value = RawActions()
      #endif
      posix_spawn_file_actions_init(&value)
    }

    mutating func duplicate(_ descriptor: Int32, to number: Int32) {
      posix_spawn_file_actions_adddup2(&value, descriptor, number)
    }

    mutating func openNothing(as number: Int32) {
      posix_spawn_file_actions_addopen(&value, number, "/dev/null", O_RDONLY, 0)
    }

    mutating func destroy() { posix_spawn_file_actions_destroy(&value) }
  }

  /// What is done with the group and the signals.
  private struct Attributes {
    var value: RawAttributes

    init() {
      #if canImport(Darwin)
        value = nil
      #else
        value = RawAttributes()
      #endif
      posix_spawnattr_init(&value)
      var signals = sigset_t()
      sigemptyset(&signals)
      posix_spawnattr_setsigmask(&value, &signals)
      sigfillset(&signals)
      posix_spawnattr_setsigdefault(&value, &signals)
      posix_spawnattr_setpgroup(&value, 0)
      posix_spawnattr_setflags(&value, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    mutating func destroy() { posix_spawnattr_destroy(&value) }
  }
}
