import Transport

/// A digest that names what was tested with: specs, and parts of reports.
package enum Digest {
  /// The SHA-256 of some octets, in lower-case hexadecimal digits.
  package static func hexadecimal(of octets: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: SHA256.digest(of: octets).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The SHA-256 of some octets itself, 32 octets.
  package static func octets(of octets: [UInt8]) -> [UInt8] {
    SHA256.digest(of: octets)
  }
}

extension Suite {
  /// The digest of the specs, `sha256:` and 64 hexadecimal digits: two runs with the same one tested the same.
  ///
  /// It is that of the files' paths below their folder and of their octets, in the order of the paths; where the folder stands
  /// does not matter, so the specs inside the binary and the folder that they were made from have the same.
  public var digest: String {
    var octets: [UInt8] = []
    for (path, text) in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      octets += path.utf8
      octets.append(0)
      octets += String(text.utf8.count).utf8
      octets.append(0)
      octets += text.utf8
    }
    return "sha256:" + Digest.hexadecimal(of: octets)
  }
}
