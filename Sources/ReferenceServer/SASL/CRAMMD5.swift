import Transport
import Wire

/// CRAM-MD5, RFC 2195 §2.
enum CRAMMD5 {
  /// A challenge that was never there before: `<random.timestamp@host>`.
  static func challenge(_ configuration: Configuration) -> [UInt8] {
    [.less] + configuration.makeNonce() + Array(".\(configuration.clock.now())@\(configuration.hostName)".utf8) + [.greater]
  }

  /// The user whom a response authenticates: a name, a space, and the keyed MD5 of the challenge in lower-case hexadecimal.
  ///
  /// - Returns: `nil` for a response that proves nothing.
  static func user(of response: [UInt8], to challenge: [UInt8], passwords: [String: String]) -> String? {
    guard let space = response.lastIndex(of: .space), let name = SASLprep.prepare(Array(response[..<space])),
      let password = passwords[name].flatMap({ SASLprep.prepare(Array($0.utf8)) }),
      let code = HashFunction.md5.authenticate(challenge, key: Array(password.utf8))
    else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return response[(space + 1)...].elementsEqual(code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }) ? name : nil
  }
}
