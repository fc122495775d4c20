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
