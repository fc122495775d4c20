/// The service extensions that the server can offer in its reply to EHLO.
///
/// - SeeAlso: RFC 5321 §4.1.1.1, `ehlo-line`.
package enum ServiceExtension: String, Sendable, Hashable, CaseIterable {
  /// RFC 2920.
  case pipelining = "PIPELINING"
  /// RFC 1870.
  case size = "SIZE"
  /// RFC 6152.
  case eightBitMIME = "8BITMIME"
  /// RFC 6531; never without ``eightBitMIME``.
  case internationalizedEmail = "SMTPUTF8"
  /// RFC 3030 §2.
  case chunking = "CHUNKING"
  /// RFC 3030 §3; never without ``chunking``.
  case binaryMIME = "BINARYMIME"
  /// RFC 3461.
  case deliveryStatus = "DSN"
  /// RFC 1985.
  case remoteQueue = "ETRN"
  /// RFC 6710.
  case priority = "MT-PRIORITY"
  /// RFC 4865; a submission server's alone.
  case futureRelease = "FUTURERELEASE"
  /// RFC 9422.
  case limits = "LIMITS"
  /// RFC 8689; listed under TLS alone.
  case requireTLS = "REQUIRETLS"
  /// RFC 2645; of a server of that service alone.
  case onDemandRelay = "ATRN"
  /// RFC 2852.
  case deliverBy = "DELIVERBY"
  /// RFC 7293.
  case validSince = "RRVS"
  /// RFC 3207.
  case startTLS = "STARTTLS"
  /// RFC 4954.
  case authentication = "AUTH"
  /// RFC 2034.
  case enhancedStatusCodes = "ENHANCEDSTATUSCODES"
  /// RFC 5321 §3.5: to be listed where it is supported.
  case expand = "EXPN"
  /// RFC 5321 §4.1.1.1: every command that is not a required one is listed.
  case help = "HELP"
}
