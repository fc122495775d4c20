import Testing

@testable import Wire

@Suite("date-time, RFC 3339 §5.6, in UTC")
struct InternetDateTimeTests {
  @Test(
    "reads what is one, and nothing else",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2001-09-09T01:46:40Z", 1_000_000_000), ("2024-02-29t23:59:59z", 1_709_251_199),
      ("2001-09-09T01:46:40.25Z", 1_000_000_000), ("2023-02-29T00:00:00Z", nil), ("2001-09-09T01:46:40", nil),
      ("2001-09-09T01:46:40+00:00", nil), ("2001-09-09 01:46:40Z", nil), ("2001-09-09T24:00:00Z", nil), ("2001-13-09T01:46:40Z", nil),
      ("2001-09-09T01:46:40.Z", nil), ("2001-9-9T1:46:40Z", nil), ("", nil), ("2001-09-09T01:46:40ZZ", nil),
    ] as [(String, Int?)])
  func reads(text: String, seconds: Int?) {
    #expect(InternetDateTime(text.utf8)?.secondsSince1970 == seconds)
  }

  @Test("writes what it reads", arguments: [0, 1_000_000_000, 1_709_251_199, 4_102_444_800])
  func writes(seconds: Int) throws {
    let text = InternetDateTime(secondsSince1970: seconds).description
    #expect(try #require(InternetDateTime(text.utf8)).secondsSince1970 == seconds)
  }
}
