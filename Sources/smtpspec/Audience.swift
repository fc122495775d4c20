import Conformance
import Reports

/// The reports of a run; one that cannot be written any more falls silent and stops the run.
struct Audience {
  private var reports: [any Report]
  private let cancellation: Cancellation
  private(set) var failure: Failure?

  init(reports: [any Report], cancellation: Cancellation) {
    self.reports = reports
    self.cancellation = cancellation
  }

  mutating func tell(_ event: Event) {
    for index in reports.indices.reversed() {
      do throws(OutputError) {
        try reports[index].receive(event)
      } catch {
        reports.remove(at: index)
        // Whoever closes a pipe has read enough: `smtpspec check | head`.
        if !error.isClosedPipe { failure = Failure(error.message, status: .fault) }
        cancellation.cancel()
      }
    }
  }
}
