import Foundation
import Transport
import Wire

/// Starts a client and plays the server for it.
package struct ClientRunner: Sendable {
  /// Why a client cannot be fuzzed.
  package struct Unusable: Error, Sendable, Equatable {
    /// What happened.
    package let message: String
  }

  /// How the client is started.
  package let command: ClientCommand
  /// How long the client has after our last connection with it has ended, and for the whole run twice that and the waits of the play.
  package var patience = Duration.seconds(5)
  /// How long it may say nothing while a connection is open.
  package var quiet = Duration.seconds(2)
  /// Whether it was told to speak TLS or not at all.
  package var isTLSRequired = false
  /// Whether STARTTLS is offered.
  package var offersTLS = true
  /// Whether the message's lines end in CRLF; else in LF, as files have it.
  package var hasCRLF = false
  private let identity: TLSIdentity
  private let folder: String

  /// A runner.
  ///
  /// - Parameters:
  ///   - command: How the client is started.
  ///   - folder: Where the message and the certificate are written.
  /// - Throws: What TLS says, or why there is no file.
  package init(_ command: ClientCommand, folder: String) throws(Unusable) {
    self.command = command
    self.folder = folder
    do throws(TransportError) {
      identity = try .selfSigned(name: "mx.example.test", alternatives: ["localhost", "127.0.0.1"])
    } catch {
      throw Unusable(message: error.message)
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(identity.certificatePEM.utf8).write(to: URL(fileURLWithPath: "\(folder)/ca.pem"))
    } catch {
      throw Unusable(message: "\(folder): \(error.localizedDescription)")
    }
  }

  /// Runs the client once.
  ///
  /// - Throws: ``Unusable`` where it does not start, or there is no port to listen on.
  func run(_ script: ServerScript, interrupt: Interrupt) throws(Unusable) -> ClientTrace {
    var trace = ClientTrace()
    trace.script = script
    trace.isTLSRequired = isTLSRequired
    let lineEnd: [UInt8] = hasCRLF ? [.carriageReturn, .lineFeed] : [.lineFeed]
    trace.message = script.arguments[.message] ?? ClientMessage.plain(trace.canaries, lineEnd: lineEnd, hasDots: true)
    let file = "\(folder)/message-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process: ChildProcess
    let listener: Listener
    do {
      try Data(trace.message).write(to: URL(fileURLWithPath: file))
      listener = try Listener(host: "127.0.0.1", port: 0)
      process = try ChildProcess(
        command.arguments(values(script, trace.canaries, port: listener.port, file: file)), environment: ["SWIFT_BACKTRACE": "enable=no"])
    } catch let error as TransportError {
      throw Unusable(message: error.message)
    } catch let error as ChildProcess.StartFailure {
      throw Unusable(message: "\(Escaped.show(command.words.first ?? [])): \(error.message)")
    } catch {
      throw Unusable(message: error.localizedDescription)
    }
    defer {
      process.kill()
      listener.close()
    }
    serve(process, listener, script, into: &trace, interrupt)
    trace.output = process.output
    return trace
  }

  private func values(_ script: ServerScript, _ canaries: ClientCanaries, port: UInt16, file: String) -> [ClientCommand.Placeholder:
    [UInt8]]
  {
    var values: [ClientCommand.Placeholder: [UInt8]] = [
      .sender: Array("sender@example.org".utf8), .recipient: Array("alice@example.test".utf8), .user: Array(canaries.user.utf8),
      .password: Array(canaries.password.utf8),
    ]
    values.merge(script.arguments) { $1 }
    values[.host] = Array("127.0.0.1".utf8)
    values[.port] = Array(String(port).utf8)
    values[.message] = Array(file.utf8)
    values[.ca] = Array("\(folder)/ca.pem".utf8)
    return values
  }

  /// Accepts connections until the client has ended, or has not for too long.
  private func serve(
    _ process: ChildProcess, _ listener: Listener, _ script: ServerScript, into trace: inout ClientTrace, _ interrupt: Interrupt
  ) {
    // The end of the process ends the wait for a connection.
    let ended = process.ended
    let limit = Deadline.after(patience * 4 + quiet * 8)
    var last = Deadline.after(patience * 2)
    while process.ending == nil, !limit.hasPassed, !interrupt.isTriggered, trace.connections.count < 8 {
      guard var session = try? listener.accept(until: min(last, limit), interrupt: ended) else { break }
      let play = ServerPlay(identity: offersTLS ? identity : nil, quiet: quiet, deadline: limit)
      let connection = play.play(trace.connections.isEmpty ? script : ServerScript(), on: &session)
      trace.connections.append(connection)
      session.closeAfterPeer(deadline: .after(.milliseconds(200)))
      last = .after(patience)
    }
    trace.ending = process.wait(until: last)
  }
}
