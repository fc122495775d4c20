/*
 * Parsers of replies and of mail data for `smtpspec fuzz parser --library`: one to begin with, and one whose faults show what is found.
 *
 *     cc -std=c11 -shared -fPIC -I Sources/CParser/include -o libexample.so examples/parsers/example.c
 *     smtpspec fuzz parser --library ./libexample.so --time 10s
 *
 * -DFAULT=n builds in a fault; 0 is none.
 */
#include <string.h>

#include "smtpspec_parser.h"

#ifndef FAULT
#define FAULT 0
#endif
enum {
  CRASH_ON_LONG_CODE = 1,   /* reads beyond the input behind "2500" */
  HANG_ON_NUL = 2,          /* a NUL in the text never ends */
  ACCEPT_BARE_LF = 3,       /* LF alone ends a line */
  REFUSE_EMPTY_TEXT = 4,    /* "250" CRLF is refused (RFC 5321 section 4.2 has it) */
  DECIDE_TOO_EARLY = 5,     /* a code without the rest is a reply already */
  END_AT_LF_DOT_LF = 6,     /* LF . LF ends the mail data: smuggling */
  KEEP_DOUBLED_DOTS = 7,    /* what is written has ".." where the message has "." */
  LOSE_TEXT = 8,            /* what is written again lacks the text */
  FORGET_AT_CUT = 9,        /* a CRLF that is cut in two is not seen */
};

static int is_text(uint8_t octet) { return octet == '\t' || (octet >= 32 && octet <= 126); }

int smtpspec_parse_reply(const uint8_t *octets, size_t count, size_t cut, struct smtpspec_result *result) {
  size_t at = 0;
  uint8_t code[3];
  for (int line = 0;; line++) {
    for (int digit = 0; digit < 3; digit++, at++) {
      if (at == count) return SMTPSPEC_INCOMPLETE;
      uint8_t highest = digit == 1 ? '5' : digit == 0 ? '5' : '9', lowest = digit == 0 ? '2' : '0';
      if (octets[at] < lowest || octets[at] > highest) return SMTPSPEC_REFUSED;
      if (line == 0) code[digit] = octets[at];
      else if (code[digit] != octets[at]) return SMTPSPEC_REFUSED;
    }
    if (FAULT == DECIDE_TOO_EARLY && at == count) return result->consumed = at, SMTPSPEC_ACCEPTED;
    if (at == count) return SMTPSPEC_INCOMPLETE;
    if (FAULT == CRASH_ON_LONG_CODE && octets[at] == '0') return *(volatile int *)8;
    int is_last = octets[at] != '-';
    if (octets[at] == '-' || octets[at] == ' ') at++;
    else if (octets[at] != '\r' && !(FAULT == ACCEPT_BARE_LF && octets[at] == '\n')) return SMTPSPEC_REFUSED;
    size_t text = at;
    while (at < count && is_text(octets[at])) at++;
    while (FAULT == HANG_ON_NUL && at < count && octets[at] == 0) continue;
    if (FAULT == REFUSE_EMPTY_TEXT && is_last && at == text && at < count) return SMTPSPEC_REFUSED;
    if (at == count) return SMTPSPEC_INCOMPLETE;
    if (FAULT == ACCEPT_BARE_LF && octets[at] == '\n') {
      at++;
    } else {
      if (octets[at] != '\r') return SMTPSPEC_REFUSED;
      if (++at == count) return SMTPSPEC_INCOMPLETE;
      if (octets[at++] != '\n') return SMTPSPEC_REFUSED;
    }
    if (FAULT == FORGET_AT_CUT && at - 1 == cut) return SMTPSPEC_INCOMPLETE;
    if (is_last) break;
  }
  result->consumed = at;
  size_t kept = FAULT == LOSE_TEXT ? 0 : at;
  if (FAULT == LOSE_TEXT && result->written_capacity >= 5) {
    memcpy(result->written, code, 3);
    memcpy(result->written + 3, "\r\n", 2);
    result->written_count = 5;
  } else if (kept <= result->written_capacity) {
    memcpy(result->written, octets, kept);
    result->written_count = kept;
  }
  return SMTPSPEC_ACCEPTED;
}

int smtpspec_parse_mail_data(const uint8_t *octets, size_t count, size_t cut, struct smtpspec_result *result) {
  (void)cut;
  size_t length = 0;
  /* The CRLF of the line before counts: where nothing else stands, the first dot and CRLF are the end. */
  int at_line_start = 1;
  for (size_t at = 0; at < count; at++) {
    if (at_line_start && octets[at] == '.') {
      if (count - at < 3 && memcmp(octets + at, ".\r\n", count - at) == 0) return SMTPSPEC_INCOMPLETE;
      if (count - at >= 3 && memcmp(octets + at, ".\r\n", 3) == 0) {
        result->consumed = at + 3;
        if (length <= result->written_capacity) result->written_count = length;
        return SMTPSPEC_ACCEPTED;
      }
      if (FAULT != KEEP_DOUBLED_DOTS) {
        at_line_start = 0;
        continue;
      }
    }
    if (FAULT == END_AT_LF_DOT_LF && at >= 1 && octets[at] == '\n' && octets[at - 1] == '.' && (at == 1 || octets[at - 2] == '\n')) {
      result->consumed = at + 1;
      return SMTPSPEC_ACCEPTED;
    }
    if (length < result->written_capacity) result->written[length] = octets[at];
    length++;
    at_line_start = octets[at] == '\n' && at >= 1 && octets[at - 1] == '\r';
  }
  return SMTPSPEC_INCOMPLETE;
}
