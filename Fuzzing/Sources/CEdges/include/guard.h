#pragma once
#include <stddef.h>
#include <stdint.h>

/// Writes the input to `path` when a signal ends the process, or when one run takes longer than so many seconds.
///
/// The input stays where it is; `count` and `runs` are read when the signal comes.
void guard_install(const uint8_t *input, const size_t *count, const uint64_t *runs, const char *path, unsigned seconds);
