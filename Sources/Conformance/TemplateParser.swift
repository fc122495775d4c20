import Wire

/// Reads the octets of a spec: `\r \n \t \0 \\ \xHH` stand for one octet each, `${name}` for a fixture.
enum TemplateParser {
  /// The most octets that one `repeat` may make.
  static let repeatLimit = 16 << 20

  /// The keys of a repetition.
  static let repeatKeys = ["repeat", "times"]
  /// The keys of a chunk.
  static let chunkKeys = ["chunk", "last"]
  /// The key of base64.
  static let base64Keys = ["base64"]

  /// A string, or a list of strings, `{repeat: 'x', times: 505}`, `{chunk: octets, last: true}` and `{base64: octets}`, joined.
  static func template(_ node: SpecNode) throws(SpecError) -> Template {
    try template(node, takesChunks: true)
  }

  private static func template(_ node: SpecNode, takesChunks: Bool) throws(SpecError) -> Template {
    if node.isScalar { return Template(parts: try parts(node)) }
    var all: [Template.Part] = []
    for element in try node.elements() {
      if element.isScalar {
        all += try parts(element)
      } else if takesChunks, try element.pairs().contains(where: { $0.key == "chunk" }) {
        let fields = try element.fields(chunkKeys)
        let inner = try template(fields.required("chunk"), takesChunks: false)
        all.append(.chunk(inner.parts, isLast: try fields["last"]?.flag() ?? false))
      } else if try element.pairs().contains(where: { $0.key == "base64" }) {
        let inner = try template(element.fields(base64Keys).required("base64"), takesChunks: false)
        all.append(.base64(inner.parts))
      } else {
        let fields = try element.fields(repeatKeys)
        let inner = try parts(fields.required("repeat"))
        let times = try fields.required("times").integer(in: 0...repeatLimit)
        let once = Template(parts: inner).filled { _ in Array(repeating: 0, count: 64) }.count
        guard once.multipliedReportingOverflow(by: times).partialValue <= repeatLimit else {
          throw element.error("this makes more than \(repeatLimit) octets")
        }
        all.append(.repeated(inner, times: times))
      }
    }
    return Template(parts: all)
  }

  private static func parts(_ node: SpecNode) throws(SpecError) -> [Template.Part] {
    let text = Array(try node.string().utf8)
    var parts: [Template.Part] = []
    var octets: [UInt8] = []
    var at = 0
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "\\"):
        let (octet, length) = try escape(text[at...], node)
        octets.append(octet)
        at += length
      case UInt8(ascii: "$") where at + 1 < text.count && text[at + 1] == UInt8(ascii: "{"):
        guard let end = text[at...].firstIndex(of: UInt8(ascii: "}")) else { throw node.error("'${' without its '}'") }
        let name = String(decoding: text[(at + 2)..<end], as: UTF8.self)
        if !octets.isEmpty { parts.append(.octets(octets)) }
        octets = []
        parts.append(.fixture(try fixture(name, node)))
        at = end + 1
      default:
        octets.append(text[at])
        at += 1
      }
    }
    if !octets.isEmpty { parts.append(.octets(octets)) }
    return parts
  }

  private static func fixture(_ name: String, _ node: SpecNode) throws(SpecError) -> Fixture {
    guard let fixture = Fixture(rawValue: name) else {
      if name.hasPrefix("each.") { throw node.error("'${\(name)}': the case's table has no such column") }
      let hint = nearest(name, in: Fixture.allCases.map(\.rawValue)).map { ", did you mean '\($0)'?" } ?? "; specs/README.md lists them"
      throw node.error("unknown fixture '\(name)'\(hint)")
    }
    return fixture
  }

  private static func escape(_ text: ArraySlice<UInt8>, _ node: SpecNode) throws(SpecError) -> (octet: UInt8, length: Int) {
    let start = text.startIndex
    guard start + 1 < text.endIndex else { throw node.error("a '\\' ends the text: write '\\\\' for a backslash") }
    switch text[start + 1] {
    case UInt8(ascii: "r"): return (0x0D, 2)
    case UInt8(ascii: "n"): return (0x0A, 2)
    case UInt8(ascii: "t"): return (0x09, 2)
    case UInt8(ascii: "0"): return (0x00, 2)
    case UInt8(ascii: "\\"): return (UInt8(ascii: "\\"), 2)
    case UInt8(ascii: "x"):
      guard start + 3 < text.endIndex, let octet = UInt8(String(decoding: text[(start + 2)...(start + 3)], as: UTF8.self), radix: 16) else {
        throw node.error("'\\x' wants two hexadecimal digits")
      }
      return (octet, 4)
    case let other:
      throw node.error("unknown escape '\\\(Escaped.show([other]))': there is \\r \\n \\t \\0 \\\\ \\xHH")
    }
  }
}
