import Testing

@testable import Transport

@Suite("ClearAnswer, what comes before the first TLS record")
struct ClearAnswerTests {
  @Test(arguments: 1...12)
  func findsTheRecordHoweverItArrives(chunk: Int) throws {
    let all = octets("250 ok\r\n500 what\r\n") + [0x16, 3, 3, 0, 1, 0x0A, 0x16]
    var answer = ClearAnswer(isExpected: true)
    var records: [UInt8] = []
    for start in stride(from: 0, to: all.count, by: chunk) {
      let part = all[start..<min(start + chunk, all.count)]
      let begin = try answer.recordStart(in: part)
      records += part[begin...]
    }
    #expect(answer.octets == octets("250 ok\r\n500 what\r\n"))
    #expect(records == [0x16, 3, 3, 0, 1, 0x0A, 0x16])
  }

  @Test(arguments: [0x14, 0x15, 0x16, 0x17] as [UInt8])
  func aRecordAtOnce(type: UInt8) throws {
    for isExpected in [true, false] {
      var answer = ClearAnswer(isExpected: isExpected)
      #expect(try answer.recordStart(in: [type, 3, 3]) == 0)
      #expect(answer.octets.isEmpty)
    }
  }

  @Test func clearOctetsThatNobodyAskedFor() {
    var answer = ClearAnswer(isExpected: false)
    #expect(throws: TLSError.notTLS) { try answer.recordStart(in: octets("500 what\r\n")[...]) }
  }

  @Test func anAnswerWithoutEnd() {
    var answer = ClearAnswer(isExpected: true)
    #expect(throws: TLSError.notTLS) {
      for _ in 0..<100 { _ = try answer.recordStart(in: [UInt8](repeating: 0x61, count: 1000)[...]) }
    }
  }
}
