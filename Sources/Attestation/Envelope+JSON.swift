package import Reports
import Wire

/// Why a text is no envelope, or its payload no statement of ours, in plain words.
package struct StatementError: Error, Equatable {
  /// What is wrong.
  package let message: String

  /// An error with these words.
  package init(_ message: String) {
    self.message = message
  }
}

extension Envelope {
  /// The envelope as JSON, with base64 as RFC 4648 §4 has it.
  package var json: JSON {
    .object([
      "payloadType": .string(payloadType),
      "payload": .string(Self.text(payload)),
      "signatures": .array(signatures.map { .object(["keyid": .string($0.keyID), "sig": .string(Self.text($0.octets))]) }),
    ])
  }

  /// The most octets of an envelope's file.
  package static let limit = 64 << 20

  /// Reads an envelope.
  ///
  /// - Parameter octets: Its JSON, and nothing else; base64 may have the alphabet of URLs.
  /// - Throws: ``StatementError`` where it is none.
  package init(_ octets: [UInt8]) throws(StatementError) {
    let value: JSON
    do throws(JSONSyntaxError) {
      value = try JSON.parse(octets.span)
    } catch {
      throw StatementError("it is no JSON from octet \(error.offset + 1) on")
    }
    guard let type = value["payloadType"]?.string, let payload = value["payload"]?.string, let list = value["signatures"]?.array else {
      throw StatementError("it is no DSSE envelope: it lacks payloadType, payload or signatures")
    }
    guard let payload = Self.octets(payload) else { throw StatementError("its payload is no base64") }
    guard list.count <= 100 else { throw StatementError("it has more than 100 signatures") }
    var signatures: [Signature] = []
    for entry in list {
      guard let text = entry["sig"]?.string, let octets = Self.octets(text) else {
        throw StatementError("a signature of it is no base64")
      }
      signatures.append(Signature(keyID: entry["keyid"]?.string ?? "", octets: octets))
    }
    self.init(payloadType: type, payload: payload, signatures: signatures)
  }

  private static func text(_ octets: [UInt8]) -> String {
    String(decoding: Base64.encode(octets), as: UTF8.self)
  }

  private static func octets(_ text: String) -> [UInt8]? {
    let standard = text.utf8.map { octet in
      switch octet {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: octet
      }
    }
    guard !standard.contains(UInt8(ascii: "=")) else { return Base64.decode(standard) }
    return Base64.decode(standard + [UInt8](repeating: UInt8(ascii: "="), count: (4 - standard.count % 4) % 4))
  }
}
