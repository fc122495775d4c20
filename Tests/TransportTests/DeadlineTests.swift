import Testing

@testable import Transport

@Suite("Deadline, one for a whole exchange")
struct DeadlineTests {
  @Test func neverPasses() {
    #expect(!Deadline.never.hasPassed)
    #expect(Deadline.never.remainingMilliseconds == -1)
    #expect(Deadline.after(.seconds(Int64.max)) > .after(.seconds(1_000_000)))
  }

  @Test func hasPassedWhenNothingIsLeft() {
    for duration in [Duration.zero, .seconds(-1), .seconds(Int64.min)] {
      let deadline = Deadline.after(duration)
      #expect(deadline.hasPassed)
      #expect(deadline.remaining == .zero)
      #expect(deadline.remainingMilliseconds == 0)
    }
  }

  @Test func roundsUpToMilliseconds() {
    #expect((1...60_000).contains(Deadline.after(.seconds(60)).remainingMilliseconds))
    #expect(Deadline.after(.seconds(100_000_000)).remainingMilliseconds == .max)
  }

  @Test func sharesWhatIsLeft() {
    let deadline = Deadline.after(.seconds(100))
    #expect(deadline.share(of: 1) == deadline)
    #expect(deadline.share(of: 4).remaining <= .seconds(25))
    #expect(Deadline.never.share(of: 4) == .never)
  }
}
