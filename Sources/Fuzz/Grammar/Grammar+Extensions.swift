extension Grammar {
  /// RFC 1870 §5, RFC 2645 §5.2.1, RFC 6152 §2 and RFC 3030 §3, RFC 3461 §4, RFC 4954 §4 and §8, RFC 6531 §3.4: commands and parameters.
  static let extensions = """
    starttls          = "STARTTLS" CRLF
    lhlo              = "LHLO" SP ( Domain / address-literal ) CRLF
    etrn              = "ETRN" SP ["@"] Domain CRLF
    atrn              = "ATRN" [SP atrn-domain *("," atrn-domain)] CRLF
    atrn-domain       = sub-domain 1*("." sub-domain)

    bdat-cmd          = "BDAT" SP chunk-size [ SP end-marker ] CRLF
    chunk-size        = 1*DIGIT
    end-marker        = "LAST"

    auth-command      = "AUTH" SP sasl-mech [SP initial-response] CRLF
    initial-response  = base64 / "="
    continue-req      = "334" SP [base64] CRLF
    base64            = base64-terminal / ( 1*(4base64-char) [base64-terminal] )
    base64-char       = ALPHA / DIGIT / "+" / "/"
    base64-terminal   = (2base64-char "==") / (3base64-char "=")
    sasl-mech         = 1*20mech-char
    mech-char         = %x41-5A / DIGIT / "-" / "_"

    xtext             = *( xchar / hexchar )
    xchar             = %d33-42 / %d44-60 / %d62-126
    hexchar           = "+" 2( DIGIT / %x41-46 )

    size-param        = "SIZE=" size-value
    size-value        = 1*20DIGIT
    body-param        = "BODY=" ( "7BIT" / "8BITMIME" / "BINARYMIME" )
    auth-param        = "AUTH=" ( xtext / "<>" )
    ret-param         = "RET=" ( "FULL" / "HDRS" )
    envid-param       = "ENVID=" xtext
    smtputf8-param    = "SMTPUTF8"
    notify-esmtp      = "NOTIFY=" ( "NEVER" / notify-element *( "," notify-element ) )
    notify-element    = "SUCCESS" / "FAILURE" / "DELAY"
    orcpt-parameter   = "ORCPT=" addr-type ";" xtext
    addr-type         = "rfc822" / "utf-8" / Atom

    known-mail-param  = size-param / body-param / auth-param / ret-param / envid-param / smtputf8-param / esmtp-param
    known-rcpt-param  = notify-esmtp / orcpt-parameter / esmtp-param
    mail-known        = "MAIL FROM:" Reverse-path *3(SP known-mail-param) CRLF
    rcpt-known        = "RCPT TO:" Forward-path *2(SP known-rcpt-param) CRLF

    """

  /// RFC 6531 §3.3 over RFC 5321's rules, and RFC 3629 §4; `U-label` is any label of UTF-8, since IDNA is not judged here.
  static let internationalized = """
    sub-domain         =/ U-label
    U-label            = U-let-dig [ *( U-let-dig / "-" ) U-let-dig ]
    U-let-dig          = Let-dig / UTF8-non-ascii
    atext              =/ UTF8-non-ascii
    qtextSMTP          =/ UTF8-non-ascii
    esmtp-value        =/ 1*( %d33-60 / %d62-126 / UTF8-non-ascii )
    ; RFC 6531 §3.7.4.2: and what people write behind these, see wide-inquiry.
    wide-inquiry       =/ ( "VRFY" / "EXPN" ) SP u-text CRLF
    u-text             = ( %d33-126 / UTF8-non-ascii ) *( %d32-126 / UTF8-non-ascii )
    UTF8-non-ascii     = UTF8-2 / UTF8-3 / UTF8-4
    UTF8-2             = %xC2-DF UTF8-tail
    UTF8-3             = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
    UTF8-4             = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )
    UTF8-tail          = %x80-BF

    """

  /// What our own parser reads beyond the RFCs' grammar, each with its reason.
  static let latitudes = """
    ; RFC 5321 §4.1.1.6 to §4.1.1.9: people write more than one word behind these, and a server may read all of it.
    wide-inquiry = ( "VRFY" / "EXPN" ) SP text CRLF
    wide-remark  = ( "NOOP" / "HELP" ) [ SP text ] CRLF
    text         = %d33-126 *( %d32-126 )
    ; RFC 4422 §3.1 has upper case alone; RFC 4954 has servers that know no other, and clients that write 'plain'.
    wide-auth    = "AUTH" SP 1*20( ALPHA / DIGIT / "-" / "_" ) [ SP initial-response ] CRLF
    ; RFC 1985 §4 has a queue's name behind '#', and does not say of what.
    wide-etrn    = "ETRN" SP "#" 1*( %d32-126 ) CRLF
    ; RFC 5321 §4.2: a code and a space without a text fit no rule, and are everywhere.
    wide-reply   = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP [ textstring ] ] CRLF

    any-command  = ehlo / helo / lhlo / mail / rcpt / data / rset / vrfy / expn / help / noop / quit / starttls / etrn / atrn
                   / bdat-cmd / auth-command
    wide-command = any-command / wide-inquiry / wide-remark / wide-auth / wide-etrn

    """
}
