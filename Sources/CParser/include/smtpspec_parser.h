/*
 * The interface of parsers that `smtpspec fuzz parser --library` fuzzes.
 *
 * Build a shared library that defines one or more of the four functions below, in C or with C linkage:
 *
 *     cc -shared -fPIC -o libmine.so adapter.c
 *     smtpspec fuzz parser --library ./libmine.so
 *
 * The library runs in a process of its own: that it crashes or hangs is a finding, and the fuzzing goes on.
 * docs/fuzzing.md says what is held against a parser, and examples/parsers/ has one to begin with.
 */
#ifndef SMTPSPEC_PARSER_H
#define SMTPSPEC_PARSER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a parser says of the octets at the front of a stream. */
enum smtpspec_outcome {
  /* They begin with a whole reply, command or message; `consumed` says how many octets it has. */
  SMTPSPEC_ACCEPTED = 0,
  /* They may become one: more octets are needed. */
  SMTPSPEC_INCOMPLETE = 1,
  /* No octets behind them can make them one; for a command, what would draw 500 or 501. */
  SMTPSPEC_REFUSED = 2,
};

/* What `written_count` is while nothing was written. */
#define SMTPSPEC_NOTHING_WRITTEN ((size_t)-1)

/* What a function says beside its outcome. */
struct smtpspec_result {
  /* Out, where accepted: the octets that belong to it, line ends and the end of the mail data included. */
  size_t consumed;
  /* In: where the value may be written again, and how many octets fit. */
  uint8_t *written;
  size_t written_capacity;
  /* Out, if the parser can write: how many octets were. A reply or a command as it goes over the wire; of mail data the
     message, doubled dots undone and without its end. SMTPSPEC_NOTHING_WRITTEN on entry. */
  size_t written_count;
};

/*
 * Parses the front of a stream.
 *
 * octets, count: what has arrived.
 * cut: a parser that is fed piece by piece gets octets[0..cut) first and octets[cut..count) then; the outcome must not
 *      depend on it. Other parsers leave it aside.
 *
 * Each call begins anew. Returns one of enum smtpspec_outcome.
 */
typedef int smtpspec_parser(const uint8_t *octets, size_t count, size_t cut, struct smtpspec_result *result);

/* A reply, with all its lines (RFC 5321 section 4.2). */
int smtpspec_parse_reply(const uint8_t *octets, size_t count, size_t cut, struct smtpspec_result *result);
/* A command line with its CRLF (RFC 5321 section 4.1.1). */
int smtpspec_parse_command(const uint8_t *octets, size_t count, size_t cut, struct smtpspec_result *result);
/* The same where SMTPUTF8 was offered and asked for (RFC 6531). */
int smtpspec_parse_command_utf8(const uint8_t *octets, size_t count, size_t cut, struct smtpspec_result *result);
/* What follows the 354 to DATA, up to its end (RFC 5321 sections 4.1.1.4 and 4.5.2). */
int smtpspec_parse_mail_data(const uint8_t *octets, size_t count, size_t cut, struct smtpspec_result *result);

#ifdef __cplusplus
}
#endif

#endif
