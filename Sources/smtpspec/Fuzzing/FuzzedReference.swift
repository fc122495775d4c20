import Foundation
import Logging
import ReferenceServer
import Transport

/// The reference server in this process, as the fuzzer has it: mail is accepted and dropped, and no limit is met by many sessions.
struct FuzzedReference {
  private let server: Server
  /// Where it listens.
  let endpoint: Endpoint

  /// Starts one on a free port of the loopback interface.
  ///
  /// - Parameters:
  ///   - names: The names of its deliberate faults.
  ///   - role: What it is for.
  /// - Throws: ``Failure`` for the name of a defect that does not exist, or where the server cannot start.
  init(defects names: [String], as role: FuzzedRole) throws(Failure) {
    let defects = try names.map { name throws(Failure) in try BuiltInServer.defect(named: name) }
    var configuration = ReferenceServer.Configuration(role == .lmtp ? .lmtp : .mx)
    configuration.storageLimitInOctets = .max / 2
    configuration.connectionLimit = 4_096
    configuration.takesPasswordsInClear = true
    do throws(TransportError) {
      configuration.tlsIdentity = try .selfSigned(name: configuration.hostName, alternatives: ["localhost", "127.0.0.1"])
    } catch {
      throw Failure("no certificate for the built-in server: \(error.message)", status: .fault)
    }
    server = Server(configuration: configuration, defects: defects, logger: Logger(label: "smtpspec") { _ in SwiftLogNoOpLogHandler() })
    do throws(Server.StartFailure) {
      endpoint = .tcp(host: "127.0.0.1", port: try server.start())
    } catch {
      throw Failure("the built-in server cannot start: \(error.message)", status: .fault)
    }
  }

  /// Stops it.
  func stop() {
    server.stop()
  }
}
