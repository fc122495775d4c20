extension Grammar {
  /// RFC 5234 appendix B.1.
  static let core = """
    ALPHA  = %x41-5A / %x61-7A
    DIGIT  = %x30-39
    HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
    DQUOTE = %x22
    SP     = %x20
    CRLF   = %x0D.0A

    """

  /// RFC 5321 §4.1.1 and §4.1.2: the commands and their arguments; `atext` is RFC 5322 §3.2.3's.
  static let commands = """
    ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
    helo = "HELO" SP Domain CRLF
    mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF
    rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF
    data = "DATA" CRLF
    rset = "RSET" CRLF
    vrfy = "VRFY" SP String CRLF
    expn = "EXPN" SP String CRLF
    help = "HELP" [ SP String ] CRLF
    noop = "NOOP" [ SP String ] CRLF
    quit = "QUIT" CRLF

    Reverse-path    = Path / "<>"
    Forward-path    = Path
    Path            = "<" [ A-d-l ":" ] Mailbox ">"
    A-d-l           = At-domain *( "," At-domain )
    At-domain       = "@" Domain
    Mail-parameters = esmtp-param *(SP esmtp-param)
    Rcpt-parameters = esmtp-param *(SP esmtp-param)
    esmtp-param     = esmtp-keyword ["=" esmtp-value]
    esmtp-keyword   = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
    esmtp-value     = 1*(%d33-60 / %d62-126)
    Domain          = sub-domain *("." sub-domain)
    sub-domain      = Let-dig [Ldh-str]
    Let-dig         = ALPHA / DIGIT
    Ldh-str         = *( ALPHA / DIGIT / "-" ) Let-dig
    address-literal = "[" ( IPv4-address-literal / IPv6-address-literal / General-address-literal ) "]"
    Mailbox         = Local-part "@" ( Domain / address-literal )
    Local-part      = Dot-string / Quoted-string
    Dot-string      = Atom *("." Atom)
    Atom            = 1*atext
    Quoted-string   = DQUOTE *QcontentSMTP DQUOTE
    QcontentSMTP    = qtextSMTP / quoted-pairSMTP
    quoted-pairSMTP = %d92 %d32-126
    qtextSMTP       = %d32-33 / %d35-91 / %d93-126
    String          = Atom / Quoted-string
    atext           = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "/" / "=" / "?" / "^" / "_" / "`"
                      / "{" / "|" / "}" / "~"

    """

  /// RFC 5321 §4.1.3.
  static let literals = """
    IPv4-address-literal    = Snum 3("." Snum)
    IPv6-address-literal    = "IPv6:" IPv6-addr
    General-address-literal = Standardized-tag ":" 1*dcontent
    Standardized-tag        = Ldh-str
    dcontent                = %d33-90 / %d94-126
    Snum                    = 1*3DIGIT
    IPv6-addr               = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
    IPv6-hex                = 1*4HEXDIG
    IPv6-full               = IPv6-hex 7(":" IPv6-hex)
    IPv6-comp               = [IPv6-hex *5(":" IPv6-hex)] "::" [IPv6-hex *5(":" IPv6-hex)]
    IPv6v4-full             = IPv6-hex 5(":" IPv6-hex) ":" IPv4-address-literal
    IPv6v4-comp             = [IPv6-hex *3(":" IPv6-hex)] "::" [IPv6-hex *3(":" IPv6-hex) ":"] IPv4-address-literal

    """

  /// RFC 5321 §4.2 and §4.1.1.1: replies.
  static let replies = """
    Greeting     = ( "220 " (Domain / address-literal) [ SP textstring ] CRLF )
                   / ( "220-" (Domain / address-literal) [ SP textstring ] CRLF *( "220-" [ textstring ] CRLF ) "220" [ SP textstring ] CRLF )
    textstring   = 1*(%d09 / %d32-126)
    Reply-line   = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
    Reply-code   = %x32-35 %x30-35 %x30-39
    ehlo-ok-rsp  = ( "250" SP Domain [ SP ehlo-greet ] CRLF )
                   / ( "250-" Domain [ SP ehlo-greet ] CRLF *( "250-" ehlo-line CRLF ) "250" SP ehlo-line CRLF )
    ehlo-greet   = 1*(%d0-9 / %d11-12 / %d14-127)
    ehlo-line    = ehlo-keyword *( SP ehlo-param )
    ehlo-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
    ehlo-param   = 1*(%d33-126)

    """
}
