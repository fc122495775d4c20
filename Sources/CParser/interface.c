#include "smtpspec_parser.h"

// What user's libraries were built against does not move.
static_assert(sizeof(struct smtpspec_result) == 4 * sizeof(size_t));
static_assert(SMTPSPEC_ACCEPTED == 0 && SMTPSPEC_INCOMPLETE == 1 && SMTPSPEC_REFUSED == 2);
