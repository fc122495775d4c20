import Dialogue
import Wire

extension Defect {
  /// Faults in the order of commands and in what they do to the transaction.
  static let sequenceDefects: [Defect] = []
}
