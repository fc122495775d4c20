#pragma once
#include <stddef.h>
#include <stdint.h>

/// How many edges the instrumented code has.
size_t edges_count(void);

/// How many of them were ever taken.
size_t edges_covered(void);

/// Forgets what was taken since the last call of this or of ``edges_collect``.
void edges_clear(void);

/// Counts what the last run reached for the first time: an edge, or one eight times more often than before; then clears.
size_t edges_collect(void);

/// Begins or ends the recording of the operands of comparisons, which `edges_operand` gives.
void edges_record_operands(int on);

/// An operand of a comparison whose other side was not met, by any number; its octets as they stand in memory, and how many.
size_t edges_operand(uint64_t choice, uint8_t octets[8]);
