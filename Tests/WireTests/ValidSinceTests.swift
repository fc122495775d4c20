import Testing
import Wire

@Suite("Valid since, RFC 7293 §3")
struct ValidSinceTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2014-04-03T23:01:00Z", 1_396_566_060), ("2014-04-03T23:01:00z", 1_396_566_060),
      ("2014-04-03t16:01:00-07:00", 1_396_566_060), ("2014-04-04T04:31:00+05:30", 1_396_566_060), ("2016-12-31T23:59:60Z", 1_483_228_800),
      ("2000-02-29T00:00:00Z", 951_782_400), ("1900-01-01T00:00:00Z", -2_208_988_800),
    ])
  func readsParameters(_ value: String, _ seconds: Int) {
    #expect(ValidSince(parameter: Array(value.utf8))?.secondsSince1970 == seconds)
    #expect(ValidSince(parameter: Array("\(value);C".utf8))?.action == .proceed)
    #expect(ValidSince(parameter: Array("\(value);r".utf8))?.action == .reject)
  }

  @Test(
    arguments: [
      "", "2014-04-03", "2014-04-03T23:01:00", "2014-04-03T23:01Z", "2014-04-03 23:01:00Z", "2014-04-03T23:01:00.5Z",
      "2014-13-03T23:01:00Z",
      "2014-02-29T23:01:00Z", "2014-04-00T23:01:00Z", "2014-04-03T24:01:00Z", "2014-04-03T23:60:00Z", "2014-04-03T23:01:61Z",
      "2014-04-03T23:01:00+0700", "2014-04-03T23:01:00+24:00", "2014-04-03T23:01:00Z;", "2014-04-03T23:01:00Z;X", "2014-04-03T23:01:00Z;CR",
      "14-04-03T23:01:00Z", "1899-12-31T23:59:59Z", "2014-04-03T23:01:00Z;C;C", "20x4-04-03T23:01:00Z",
    ])
  func refusesParameters(_ value: String) {
    #expect(ValidSince(parameter: Array(value.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("carol@example.test; Sat, 1 Jun 2013 09:23:01 -0700", "carol@example.test", 1_370_103_781),
      ("carol@example.test;Sat, 1 Jun 2013 16:23:01 +0000", "carol@example.test", 1_370_103_781),
      ("\"a;b\"@example.test ; 1 Jun 2013 16:23 +0000 (noted)", "\"a;b\"@example.test", 1_370_103_780),
    ])
  func readsFields(_ value: String, _ mailbox: String, _ seconds: Int) throws {
    let field = try #require(ValidSince.read(header: Array(value.utf8)))
    #expect(field.mailbox.octets == Array(mailbox.utf8))
    #expect(field.since.secondsSince1970 == seconds)
  }

  @Test(
    arguments: [
      "", "carol@example.test", "carol@example.test;", "; Sat, 1 Jun 2013 09:23:01 -0700", "carol; Sat, 1 Jun 2013 09:23:01 -0700",
      "carol@example.test; yesterday", "carol@example.test; 2013-06-01T16:23:01Z", "<carol@example.test>; Sat, 1 Jun 2013 09:23:01 -0700",
      "carol@example.test; Sat, 1 Jun 2013 09:23:01 -0700 or so",
    ])
  func passesOverFields(_ value: String) {
    #expect(ValidSince.read(header: Array(value.utf8)) == nil)
  }
}
