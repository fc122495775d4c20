/// The sizes of RFC 5321 §4.5.3.1: every implementation takes objects of at least these sizes.
package enum Limits {
  /// A local part, in octets, RFC 5321 §4.5.3.1.1.
  package static let localPart = 64
  /// A domain name, in octets, RFC 5321 §4.5.3.1.2.
  package static let domain = 255
  /// A reverse-path or forward-path with its punctuation, in octets, RFC 5321 §4.5.3.1.3.
  package static let path = 256
  /// A command line with its CRLF, in octets, RFC 5321 §4.5.3.1.4.
  package static let commandLine = 512
  /// A reply line with its code and CRLF, in octets, RFC 5321 §4.5.3.1.5.
  package static let replyLine = 512
  /// A text line with its CRLF and without a stuffed dot, in octets, RFC 5321 §4.5.3.1.6.
  package static let textLine = 1000
  /// A message's content, in octets, RFC 5321 §4.5.3.1.7.
  package static let message = 64 * 1024
  /// The recipients of one message, RFC 5321 §4.5.3.1.8.
  package static let recipients = 100
  /// The digits of a number in SIZE and BDAT, RFC 1870 §4 and RFC 3030 §2.
  package static let numberDigits = 20
  /// The letters of a SASL mechanism's name, RFC 4422 §3.1.
  package static let mechanismName = 20
  /// What NOTIFY and ORCPT add to a command line, in octets, RFC 3461 §5.4.
  package static let statusParameters = 530
}
