import Foundation
import Reports
import Testing

@Suite("JSON: one value, one line")
struct JSONTests {
  @Test("Keys keep their order, and a member without a value is left out")
  func keepsOrder() {
    let value = JSON.object(["z": .int(-1), "gone": nil, "a": .array([.bool(true), .null, .milliseconds(.microseconds(1_234_567))])])
    #expect(value.line() == #"{"z":-1,"a":[true,null,1234.567]}"#)
  }

  @Test(
    "What another reader reads is what was written",
    arguments: ["", "\"\\/\u{08}\u{00}\u{1F}\u{7F}", "é 漢 \u{1F600} \u{202E}\u{2028}", "\u{1B}[31m\r\n\t", "<script>alert(1)</script>"]
  )
  func roundTrips(text: String) throws {
    let line = JSON.object(["text": .string(text)]).line()
    #expect(line.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    #expect(object["text"] == text)
  }
}

@Suite("JSON.parse, RFC 8259")
struct JSONParsingTests {
  private func parse(_ text: String) throws -> JSON {
    try JSON.parse(Array(text.utf8).span)
  }

  @Test("Every kind of value, and white space around it")
  func readsValues() throws {
    let text = #" { "a" : [ 1 , -2.5e1 , true , false , null , "x" ] , "b" : { } , "c" : [ ] } "#
    let expected = JSON.object([
      "a": .array([.int(1), .double(-25), .bool(true), .bool(false), .null, .string("x")]), "b": .object([]), "c": .array([]),
    ])
    #expect(try parse(text) == expected)
  }

  @Test(
    "What we write is what we read",
    arguments: ["", "\"\\/\u{08}\u{0C}\u{00}\u{1F}\u{7F}", "é 漢 \u{1F600} \u{10FFFF} \u{202E}", "\u{1B}[31m\r\n\t", "\\u0041"]
  )
  func roundTrips(text: String) throws {
    let value = JSON.object([text: .string(text), "n": .int(.max), "m": .int(.min)])
    #expect(try parse(value.line()) == value)
  }

  @Test("Milliseconds keep their three decimals", arguments: [0, 1, 999, 1_500, 86_400_000_001, -7])
  func readsMilliseconds(microseconds: Int) throws {
    let duration = Duration.microseconds(microseconds)
    #expect(try parse(JSON.milliseconds(duration).line()).duration == duration)
  }

  @Test(
    "What is no JSON is refused at its place",
    arguments: [
      ("", .endsEarly, 0), ("  ", .endsEarly, 2), ("{", .endsEarly, 1), ("[1", .endsEarly, 2), (#"{"a""#, .endsEarly, 4),
      (#"{"a":1,}"#, .unexpected, 7), ("[1,]", .unexpected, 3), ("1 2", .unexpected, 2), ("tru", .endsEarly, 3), ("trux", .unexpected, 3),
      ("01", .badNumber, 0), ("-", .endsEarly, 1), ("1.", .badNumber, 2), ("1e", .badNumber, 2), ("1e999", .badNumber, 0),
      (#""a"#, .endsEarly, 2), ("\"\n\"", .badString, 1), (#""\x""#, .badString, 1), (#""\u12"#, .endsEarly, 5),
      (#""\u12G4""#, .badString, 5),
      (#""\ud800""#, .unexpected, 7), (#""\ud800\u0041""#, .badString, 1), (#""\udc00""#, .badString, 1), (#""\"#, .endsEarly, 2),
      ("NaN", .unexpected, 0), ("{1:2}", .unexpected, 1),
    ] as [(String, JSONSyntaxError.Kind, Int)]
  )
  func refuses(text: String, kind: JSONSyntaxError.Kind, offset: Int) {
    #expect(throws: JSONSyntaxError(kind: kind, offset: offset)) { try parse(text) }
  }

  @Test("Octets that are no UTF-8 are refused")
  func refusesOtherOctets() {
    #expect(throws: JSONSyntaxError(kind: .badString, offset: 0)) { try JSON.parse([0x22, 0xC0, 0x80, 0x22].span) }
  }

  @Test("A value that is cut anywhere is refused")
  func refusesEveryCut() throws {
    let whole = Array(#"{"a":[1,-2.5,true,null,"\u00e9\ud83d\ude00\n"],"b":{"c":{}}}"#.utf8)
    _ = try JSON.parse(whole.span)
    for count in 0..<whole.count {
      #expect(throws: JSONSyntaxError.self) { try JSON.parse(Array(whole.prefix(count)).span) }
    }
  }

  @Test("Values nest to a limit, and past it no stack is used")
  func boundsTheDepth() throws {
    let deep = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
    _ = try parse(deep(JSON.depthLimit))
    #expect(throws: JSONSyntaxError(kind: .tooDeep, offset: JSON.depthLimit)) { try parse(deep(JSON.depthLimit + 1)) }
    #expect(throws: JSONSyntaxError(kind: .tooDeep, offset: JSON.depthLimit)) { try parse(String(repeating: "[", count: 1_000_000)) }
  }
}

@Suite("Duration: as text")
struct DurationTextTests {
  @Test(
    "Milliseconds are cut, never rounded up",
    arguments: [
      (Duration.zero, 3, "0.000"), (.microseconds(999), 3, "0.999"), (.milliseconds(1_500), 1, "1500.0"),
      (.nanoseconds(1_999_999), 0, "1"), (.microseconds(-1_500), 3, "-1.500"),
    ]
  )
  func milliseconds(duration: Duration, decimals: Int, text: String) {
    #expect(duration.millisecondsText(decimals: decimals) == text)
  }

  @Test(
    "A person reads the unit that fits",
    arguments: [
      (Duration.microseconds(400), "0.4 ms"), (.milliseconds(420), "420 ms"), (.milliseconds(2_310), "2.31 s"),
      (.milliseconds(2_050), "2.05 s"),
      (.seconds(185), "3 min 5 s"),
    ]
  )
  func spoken(duration: Duration, text: String) {
    #expect(duration.spoken == text)
  }
}
