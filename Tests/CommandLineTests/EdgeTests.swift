import Foundation
import Testing

/// A server in C whose replies tell nothing of what it does: `fuzz server` gets to its end where it sees the edges, and else does not.
@Suite("smtpspec fuzz server --edges")
struct EdgeTests {
  private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("examples/edges/smtpspec_edges.c").path

  private static let clang = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { URL(fileURLWithPath: String($0)).appendingPathComponent("clang") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  /// Every command draws 250; which letters lines begin with is counted where no reply shows it.
  private static let source = """
    #include <arpa/inet.h>
    #include <netinet/tcp.h>
    #include <stdlib.h>
    #include <string.h>
    #include <strings.h>
    #include <sys/socket.h>
    #include <unistd.h>

    static volatile int depth;

    // An edge for each number of letters.
    static void remember(int letters) {
      switch (letters) {
      case 9: depth = 9; break;
      case 10: depth = 10; break;
      case 11: depth = 11; break;
      case 12: depth = 12; break;
      case 13: depth = 13; break;
      case 14: depth = 14; break;
      case 15: depth = 15; break;
      case 16: depth = 16; break;
      case 17: depth = 17; break;
      }
      if (letters > FAULT) abort();
    }

    static void say(int client, const char *text) { send(client, text, strlen(text), MSG_NOSIGNAL); }

    static void serve(int client) {
      char line[4096], octet;
      size_t length = 0;
      unsigned letters = 0;
      say(client, "220 mx.example.test\\r\\n");
      while (recv(client, &octet, 1, 0) == 1) {
        if (length < sizeof line) line[length++] = octet;
        if (octet != '\\n') continue;
        if (length >= 4 && strncasecmp(line, "QUIT", 4) == 0) {
          say(client, "221 mx.example.test\\r\\n");
          // Where something is left unread, the system takes the reply back.
          shutdown(client, SHUT_WR);
          while (recv(client, line, sizeof line, 0) > 0) {}
          return;
        }
        letters |= 1u << (line[0] & 31);
        remember(__builtin_popcount(letters));
        say(client, "250 mx.example.test\\r\\n");
        length = 0;
      }
    }

    int main(int count, char **arguments) {
      struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
      address.sin_port = htons((unsigned short)(count > 1 ? atoi(arguments[1]) : 0));
      int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
      setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
      if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 64) != 0) return 1;
      for (;;) {
        int client = accept(server, NULL, NULL);
        if (client < 0) return 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        serve(client);
        close(client);
      }
    }
    """

  private static func compile(_ arguments: [String], in scratch: Scratch) throws {
    let process = Process()
    let compiler: URL = try #require(clang)
    process.executableURL = compiler
    process.arguments = ["-std=gnu11", "-Wall", "-Werror"] + arguments
    process.currentDirectoryURL = scratch.url
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  /// Builds the server; it dies where a connection's lines begin with more different letters.
  private static func build(fault: Int = 16, isInstrumented: Bool = true, in scratch: Scratch) throws {
    try scratch.write(source, to: "server.c")
    guard isInstrumented else { return try compile(["-DFAULT=\(fault)", "-o", "server", "server.c"], in: scratch) }
    try compile(["-Wextra", "-c", "-o", "edges.o", example], in: scratch)
    try compile(["-O0", "-DFAULT=\(fault)", "-fsanitize-coverage=trace-pc-guard", "-o", "server", "server.c", "edges.o"], in: scratch)
  }

  /// Fuzzes it, and asks one oracle.
  private static func fuzz(_ options: [String], in scratch: Scratch) throws -> Tool.Outcome {
    let port = UInt16.random(in: 20_000...29_000)
    // It has so many faults that there would be time for no other.
    let others = [
      "command-grammar", "reply-code", "reply-count", "reply-grammar", "transaction", "hang", "segmentation", "pipelining", "letter-case",
      "side-command", "reset", "clear-or-tls", "data-or-bdat",
    ]
    return try Tool.run(
      [
        "fuzz", "server", "127.0.0.1:\(port)", "--server", "./server \(port)", "--output", "out", "--no-catalogue", "--seed",
        "3",
        "--time", "90s", "--timeout", "5s", "--silence", "5ms",
      ] + options + others.flatMap { ["--without", $0] }, environment: ["AFL_MAP_SIZE": "4096"], in: scratch.url)
  }

  /// How many edges the summary says.
  private static func edges(_ outcome: Tool.Outcome) throws -> Int {
    let words = outcome.lines.first?.split(separator: " ") ?? []
    let place = try #require(words.firstIndex(of: "edges,"), "\(outcome.output)")
    return try #require(Int(words[place - 1]))
  }

  @Test("With edges, what no reply shows leads to the fault; the count of them is said", .enabled(if: clang != nil))
  func follows() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Self.build(in: scratch)
    let outcome = try Self.fuzz(["--edges", "--runs", "1500"], in: scratch)
    #expect(outcome.status == 5, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output.contains("the server dies: signal 6"))
    #expect(outcome.output.contains(", 1 new finding") || outcome.output.contains("1 new finding, "))
  }

  @Test("Without them, the same number of scripts meets no fault, and the count of edges is said", .enabled(if: clang != nil))
  func counts() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Self.build(in: scratch)
    let outcome = try Self.fuzz(["--count-edges", "--runs", "1500"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    #expect(try (15...24).contains(Self.edges(outcome)))
  }

  @Test("With edges and no fault, nothing is found", .enabled(if: clang != nil))
  func honest() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Self.build(fault: 1_000, in: scratch)
    let outcome = try Self.fuzz(["--edges", "--runs", "200"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test("A server that counts no edges is no server without new ones", .enabled(if: clang != nil))
  func uninstrumented() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Self.build(isInstrumented: false, in: scratch)
    let outcome = try Self.fuzz(["--edges", "--runs", "10"], in: scratch)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("the server counts no edges"))
  }

  @Test(
    "Wrong usage",
    arguments: [
      (["127.0.0.1:2525", "--edges"], "--server"), (["--count-edges"], "--server"),
      (["127.0.0.1:2525", "--server", "true", "--edges", "--jobs", "2"], "--jobs 1"),
      (["127.0.0.1:2525", "--server", "true", "--edges"], "AFL_MAP_SIZE"),
    ])
  func usage(arguments: [String], says: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let outcome = try Tool.run(["fuzz", "server"] + arguments, environment: ["AFL_MAP_SIZE": "many"], in: scratch.url)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }
}
