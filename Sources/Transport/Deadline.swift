/// The moment by which a whole exchange must have ended, however many reads and writes it takes.
package struct Deadline: Sendable, Hashable, Comparable {
  /// On the clock of ``MonotonicTime``.
  private let nanoseconds: Int64

  private init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// A deadline that never passes.
  package static let never = Deadline(nanoseconds: .max)

  /// The deadline that lies so far from now; a negative duration gives one that has passed.
  package static func after(_ duration: Duration) -> Deadline {
    let (sum, overflow) = MonotonicTime.now.addingReportingOverflow(duration.wholeNanoseconds)
    return Deadline(nanoseconds: overflow ? (duration < .zero ? 0 : .max) : max(0, sum))
  }

  /// What is left, never less than zero.
  package var remaining: Duration { .nanoseconds(remainingNanoseconds) }

  /// Whether nothing is left.
  package var hasPassed: Bool { remainingNanoseconds == 0 }

  /// Whether one deadline comes before another.
  package static func < (left: Deadline, right: Deadline) -> Bool { left.nanoseconds < right.nanoseconds }

  private var remainingNanoseconds: Int64 {
    nanoseconds == .max ? .max : max(0, nanoseconds &- MonotonicTime.now)
  }

  /// What is left in the unit of poll(2), rounded up so that a wait does not end early; -1 is for ever.
  package var remainingMilliseconds: Int32 {
    guard nanoseconds != .max else { return -1 }
    let milliseconds = remainingNanoseconds.dividedRoundingUp(by: 1_000_000)
    return Int32(clamping: milliseconds)
  }

  /// The deadline that gives this step an even share of what is left, with so many steps to come, this one included.
  func share(of steps: Int) -> Deadline {
    guard steps > 1, nanoseconds != .max else { return self }
    return Deadline(nanoseconds: MonotonicTime.now &+ remainingNanoseconds / Int64(steps))
  }
}

extension Int64 {
  fileprivate func dividedRoundingUp(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? quotient : quotient + 1
  }
}
