import Transport
import Wire

/// Authentication exchanges whose messages are computed.
extension CaseRun {
  /// Sends the client's next message.
  mutating func advance(_ step: SASLStep, cut: Segmentation, on connection: Connection, deadline: Deadline) throws(Stop) {
    var line: [UInt8] = []
    if let mechanism = step.mechanism {
      guard let username = values[.username], let password = values[.password] else {
        throw .verdict(.notApplicable("the target names no credentials"))
      }
      connection.exchange = SASLExchange(mechanism, username: username, password: password, nonce: makeNonce())
      line = Array("AUTH \(mechanism.rawValue)".utf8)
    }
    if step.mechanism == nil || step.hasInitialResponse {
      if !line.isEmpty { line.append(.space) }
      let response = try nextResponse(step.deviation, isInitial: step.mechanism != nil, on: connection)
      values.note(secret: response)
      line += response
    }
    connection.send(line + [.carriageReturn, .lineFeed], cut: cut, deadline: deadline, using: &generator)
  }

  private mutating func nextResponse(_ deviation: SASLDeviation?, isInitial: Bool, on connection: Connection) throws(Stop) -> [UInt8] {
    guard var exchange = connection.exchange else { throw .verdict(.inconclusive("no authentication exchange goes on")) }
    do throws(SASLObstacle) {
      let message = try exchange.message(deviation)
      connection.note("\(exchange.mechanism.rawValue)\(deviation.map { ", \($0.rawValue)" } ?? "")")
      connection.exchange = exchange
      for secret in exchange.secrets { values.note(secret: secret) }
      // A lone equals sign is the empty response that AUTH brings along (RFC 4954 §4).
      let response = message.isEmpty && isInitial ? [.equal] : Base64.encode(message)
      return deviation == .notBase64 ? response + [UInt8(ascii: "!")] : response
    } catch {
      throw .verdict(.inconclusive(error.reason))
    }
  }

  /// 24 characters that no nonce needs to quote (RFC 5802 §7).
  private mutating func makeNonce() -> [UInt8] {
    Base64.encode((0..<18).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }
}
