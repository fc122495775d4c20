/// How the message to come is to be handled, as MAIL asks for it.
package struct Handling: Sendable, Equatable {
  /// The priority that was asked for, -9 to 9 (RFC 6710 §3).
  package var priority: Int?
  /// Until when it is held, in seconds since 1970-01-01T00:00:00Z (RFC 4865 §3).
  package var releaseTime: Int?
  /// What asked for that, as reports say it: `for;60`, or `until;` and a time (RFC 4865 §5.1.2).
  package var holdRequest: [UInt8]?
  /// Whether it may travel under TLS alone (RFC 8689 §2).
  package var requiresTLS = false

  /// No special handling.
  package init() {}
}
