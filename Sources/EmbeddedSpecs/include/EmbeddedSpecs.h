#pragma once
#include <stddef.h>

/// One file of `specs/`, as it was when the binary was built.
struct embedded_spec {
  const char *path;              ///< below `specs/`
  const unsigned char *octets;
  size_t count;
};

extern const struct embedded_spec embedded_specs[];
extern const size_t embedded_specs_count;
