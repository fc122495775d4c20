import Conformance
import ReferenceServer
import Transport

/// The reference client in this process: what `check --role client` tests when nobody names a command.
enum BuiltInClient {
  /// The client with some deliberate faults.
  ///
  /// - Throws: ``Failure`` for a name that does not exist.
  static func program(defects names: [String]) throws(Failure) -> TargetConfiguration.ClientProgram {
    let defects = try names.map { name throws(Failure) in try BuiltInServer.defect(named: name) }
    return .builtIn { task in run(task, defects) }
  }

  /// Sends the task's message.
  ///
  /// - Returns: 0 where every recipient's was taken.
  private static func run(_ task: ClientTask, _ defects: [Defect]) -> Int32 {
    var options = SendingOptions()
    options.policy = SendingOptions.Policy(rawValue: task.policy.rawValue) ?? .none
    options.credentials = task.credentials.map { $0.login }
    options.patience = .seconds(30)
    guard let session = try? Session.connect(to: task.endpoint, deadline: .after(.seconds(10)), interrupt: task.interrupt) else { return 1 }
    let shipment = Shipment(
      reversePath: Array("<\(task.sender)>".utf8), recipients: task.recipients.map { .init(path: Array("<\($0)>".utf8)) },
      content: task.message)
    let outcomes = SendingClient(session, options: options, manner: SendingManner(defects)).send(shipment)
    return outcomes.allSatisfy(\.isAccepted) && !outcomes.isEmpty ? 0 : 1
  }
}
