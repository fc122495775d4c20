/// The fuzzer's room: scripts, generators, mutators and oracles will stand here.
public enum Fuzz {
  /// The version of the script format that this build reads and writes.
  static let scriptFormat = 1
}
